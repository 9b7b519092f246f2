"""Documents that nobody has read yet: files in many formats to one normal form with a way back."""

"""The chapter on what agreements are about."""

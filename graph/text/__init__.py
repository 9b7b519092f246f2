"""Words in Korean and English, and numbers for people."""

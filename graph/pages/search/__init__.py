"""The search by names that pages share: its index in Python, search and search box in scripts."""

"""Which cities choose the same partners?"""

"""Is it a sign of life if both cities list a partnership?"""

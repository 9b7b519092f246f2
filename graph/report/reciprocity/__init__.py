"""Are ties on both lists more often active?"""

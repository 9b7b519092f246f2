"""Do the partners of a city choose each other?"""

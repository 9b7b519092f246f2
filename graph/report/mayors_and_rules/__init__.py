"""Do partnerships depend on mayors and rules?"""

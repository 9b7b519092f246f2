"""When do ties form?"""

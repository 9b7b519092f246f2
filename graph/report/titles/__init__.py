"""What is a sister city, and what a friendship city?"""

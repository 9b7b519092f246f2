"""Do mayors and rules make diplomacy?"""

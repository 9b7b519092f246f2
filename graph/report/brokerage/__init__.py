"""The chapter on who brings partners together, and whose policies go where."""

"""`python -m citypact` is the command `citypact`."""

from citypact.commands import main

main()

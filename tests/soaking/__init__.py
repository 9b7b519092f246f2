"""Kills, full disks, folders that refuse files, two writers at once and Ctrl-C, command by command.

    python -m tests.soaking --kills 1000

prints the table of docs/robustness.md and ends with 1 where anything was lost. The tests take a
small sample of it.
"""

"""The network page of a build."""

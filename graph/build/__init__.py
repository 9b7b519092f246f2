"""From claims to facts: rules, shapes, checks, and the files of a build."""

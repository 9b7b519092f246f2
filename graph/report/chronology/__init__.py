"""The chapter on when ties arose and which are dormant."""

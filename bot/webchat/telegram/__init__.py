"""A Bot API server of our own: what it takes, checks and answers, and how updates go out of it."""

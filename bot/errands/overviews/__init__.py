"""Overviews of self-reporters as they come: reading a file into rows, each accepted or rejected with a reason."""

"""Writing: what a round has come to, and how each part of it is kept."""

"""A worker’s day: who waits and why, all cases, and signing in."""

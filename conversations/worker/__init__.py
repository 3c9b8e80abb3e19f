"""The worker's conversation: who waits for them and why, one case, and an answer."""

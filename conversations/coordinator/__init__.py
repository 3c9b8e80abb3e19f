"""The coordinator's conversation: what a worker has, and the work of a province."""

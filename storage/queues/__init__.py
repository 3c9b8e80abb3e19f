"""Queues: what came in, what goes out, what falls due, overviews that wait, and the order in which cases wait."""

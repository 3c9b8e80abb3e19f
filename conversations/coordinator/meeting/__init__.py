"""The intake meeting, and what stands in the way of many."""

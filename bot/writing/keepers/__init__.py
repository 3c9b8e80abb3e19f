"""Keepers: how each kind of effect is written. Which keeps what, and in which order, stands in `table`."""

"""Figures: what is counted of a case, over which period, and which of those may be shown."""

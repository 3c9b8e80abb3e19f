"""Errands: what takes the network or a while: overviews that are read, documents that are made."""

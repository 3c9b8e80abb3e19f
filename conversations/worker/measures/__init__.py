"""Measures and all else that is done for somebody: actions, risks, efforts and decisions."""

"""Storage: what is kept: the tables, the keys that seal them, and who may see what."""

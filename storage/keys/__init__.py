"""Keys and what they seal: the vault, the keys that are wrapped in it, erasure, and what does not open any more."""

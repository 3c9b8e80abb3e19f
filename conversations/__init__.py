"""Conversations: what is said, and to whom: pure decisions over what is stored, no network and no writing."""

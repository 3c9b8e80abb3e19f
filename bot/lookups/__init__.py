"""Lookups: every statement that the reads of a conversation need, within the scope of who acts."""

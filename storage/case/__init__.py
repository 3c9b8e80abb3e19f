"""A case and what hangs from it: its parts and verbs, why it waits, and how it is loaded and written."""

"""The phone: its lock, when messages come, and what it reads aloud."""

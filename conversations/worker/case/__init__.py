"""One case: its card, its facts, how it begins and ends, and notes."""

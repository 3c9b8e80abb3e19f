"""The day and after: what to bring, how it went, inside, perhaps free, and home again."""

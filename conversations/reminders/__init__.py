"""Reminders: the kinds of what falls due to a person, when, and what they say to it."""

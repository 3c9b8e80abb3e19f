"""Arrival: the code in the letter, whose phone it is, a new phone, and coming back."""

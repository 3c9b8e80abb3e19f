"""Lists: an overview is sent, weighed and taken over, and who hears of it."""

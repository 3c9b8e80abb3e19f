"""Effects: what a turn decides beside where its conversation goes. One class each; its keeper stands in bot/writing."""

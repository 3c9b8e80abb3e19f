"""The self-reporter's conversation, from the code in the letter to the reminders of their own plan."""

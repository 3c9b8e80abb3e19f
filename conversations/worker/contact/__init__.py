"""Contact with the person of a case, in the chat and without one."""

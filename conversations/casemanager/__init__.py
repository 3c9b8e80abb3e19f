"""The casemanager's conversation: what a person shares with the prison, and the answer to it."""

"""People: their chats and invitations, the team, its loads and stand-ins, and names as they are compared."""

"""Questions: the checklist on a phone, one a screen, and where the conversation goes next."""

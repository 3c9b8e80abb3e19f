"""Delivery: from the outbox to Telegram, in order per chat and at its pace."""

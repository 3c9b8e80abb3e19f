"""Papers: what stands on them, as plain data for whoever typesets it."""

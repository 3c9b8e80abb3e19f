"""Words: what people type, read; and what they read, worded in their language."""

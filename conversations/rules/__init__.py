"""Rules: pure decisions over a case, the checklist and the clock."""

"""What several roles share: lists, signals, the choice of a language, what an import came to."""

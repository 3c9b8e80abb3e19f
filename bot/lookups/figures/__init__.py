"""Figures, read within a scope: counts, rows of the monitoring format, and which of those may be shown."""

"""Figures as they are shown: on a screen, on paper and in the monitoring format."""

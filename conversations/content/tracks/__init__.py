"""Tracks: ways of one help, each a folder of data."""

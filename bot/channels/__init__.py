"""Channels: how people are reached."""

"""Bounds of a child process: whatever somebody sent or typed, it ends, and the program goes on."""

from __future__ import annotations

import resource


def bound(seconds: int, memory: int) -> None:
    """Hold this process to so many seconds of a processor and bytes of memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

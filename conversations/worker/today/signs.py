"""Signs of levels, at one look."""

from __future__ import annotations

SIGNS = {"none": "🟢", "low": "🟢", "medium": "🟡", "high": "🟠", "urgent": "🔴"}

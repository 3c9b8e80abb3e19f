"""The version of the tables that this program works with: the newest of `storage/migrations/versions`."""

from __future__ import annotations

HEAD = "0017"

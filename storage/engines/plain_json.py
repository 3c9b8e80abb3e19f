"""JSON as it is kept and sent: by orjson, and by the standard library where that refuses what people can send.

A tap costs a dozen documents each way, and the standard library's took an eighth of its time.
"""

from __future__ import annotations

import json
from typing import Any

import orjson


def dumps(value: Any) -> str:
    """Return a document. Half a surrogate pair, which no UTF-8 can hold, stays an escape."""
    try:
        return orjson.dumps(value).decode()
    except (TypeError, ValueError):  # also whole numbers over 64 bits
        return json.dumps(value)


def loads(text: str | bytes) -> Any:
    """Return what a document says; raises ValueError, and RecursionError for one that is nested too deep."""
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)

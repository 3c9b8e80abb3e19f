"""Logs: one line an event, with fields from an allowed list only, and without the token wherever it would stand."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

# Nothing else is written: a name, an answer or a Telegram id cannot reach a log by way of a new field.
ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "count",
        "seq",
        "kind",
        "method",
        "error",
        # In the words of a database or a line, cleaned (bot/outages.py).
        "cause",
        "where",
        "seconds",
        "state",
        "url",
        "version",
    }
)
# bot<digits>:<secret> in an address, or the pair alone.
_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{8,}")


def redact(text: str) -> str:
    """Return `text` without anything that looks like a bot token."""
    return _TOKEN.sub("[token]", text)


def _allow(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: redact(value) if isinstance(value, str) else value for key, value in event.items() if key in ALLOWED}


class _Redacting(logging.Formatter):
    """Formats what libraries log; covers their tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class _ToStandardError(logging.Handler):
    """Writes to what standard error is at the moment, also when it was replaced in between."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(self.format(record) + "\n")


def where(error: BaseException) -> str:
    """Return where an error arose: file and line of the last frames, never its message or a value."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))


def set_up(level: str) -> None:
    """Write logs to standard error. Libraries that print bodies or addresses speak from WARNING on."""
    handler = _ToStandardError()
    handler.setFormatter(_Redacting("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=max(logging.WARNING, getattr(logging, level)), handlers=[handler], force=True)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _allow,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def get() -> Any:
    """Return the logger."""
    return structlog.get_logger()

"""Delivery by itself: a real database, and a channel in memory."""

from __future__ import annotations

import pytest

from tests.delivery.alone.line import Office
from tests.delivery.conftest import Timer
from tests.storage.conftest import database, records, sqlite_template, url
from tests.storage.records import Records

__all__ = ["database", "records", "sqlite_template", "url"]


@pytest.fixture
def office(records: Records, timer: Timer) -> Office:
    """An outbox and a channel in memory, with delivery between them."""
    return Office(records, timer)

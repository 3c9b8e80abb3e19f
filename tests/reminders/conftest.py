"""A stage for each test."""

from __future__ import annotations

import pytest

from tests.reminders.stage import Stage


@pytest.fixture
def stage() -> Stage:
    """One person and their helper."""
    return Stage()

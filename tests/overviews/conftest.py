"""The region and a reader as of the samples' day."""

from __future__ import annotations

from datetime import date

import pytest

from bot.errands.overviews.reader import Overview, read_overview
from conversations.content.headings import ListHeadings
from conversations.content.region import Region
from tests.overviews.making import TODAY, Reader


@pytest.fixture(scope="session")
def region() -> Region:
    """The region of the packaged file."""
    return Region.load()


@pytest.fixture
def read(region: Region) -> Reader:
    """Read an overview as of the samples' day."""

    def reader(data: bytes, filename: str = "overzicht.xlsx", today: date = TODAY) -> Overview:
        return read_overview(data, filename, region, today, ListHeadings.load())

    return reader

"""The region and a reader as of the samples' day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.errands.overviews.reader import Overview, OverviewError, read_overview
from conversations.content.headings import ListHeadings
from conversations.content.region import Region
from conversations.words.reasons import Reason
from conversations.words.wording import words_for
from tests.overviews.making import TODAY, Reader


@pytest.fixture(scope="session")
def region() -> Region:
    """The region of the packaged file."""
    return Region.load()


@pytest.fixture
def read(region: Region) -> Reader:
    """Read an overview as of the samples' day; its reasons in Dutch, as a coordinator reads them."""
    words = words_for("nl", ZoneInfo("Europe/Amsterdam"))

    def reader(data: bytes, filename: str = "overzicht.xlsx", today: date = TODAY) -> Overview:
        try:
            seen = read_overview(data, filename, region, today, ListHeadings.load())
        except OverviewError as error:
            raise OverviewError(Reason(words.reason(error.reason))) from error
        rejected = [replace(one, reason=Reason(words.reason(one.reason))) for one in seen.rejected]
        return replace(seen, rejected=tuple(rejected))

    return reader

"""A house on the day of the known figures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.figures.known import TODAY, known_figures
from tests.house import House, open_house


@pytest.fixture
async def counted(tmp_path: Path) -> AsyncIterator[House]:
    """A house with all cases whose figures are known."""
    async with open_house(tmp_path) as house:
        await house.at(TODAY, 10)
        await known_figures(house)
        yield house

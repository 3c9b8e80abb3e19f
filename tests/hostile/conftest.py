"""The scene of all bad input."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite("tests.hostile.canaries", "tests.hostile.scene")

from tests.hostile.canaries import Logbook, logbook  # noqa: E402  rewritten first
from tests.hostile.scene import Scene  # noqa: E402
from tests.house import House  # noqa: E402


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[Logbook]:
    """All that is logged, at DEBUG, until the house is closed."""
    with logbook(capsys) as book:
        yield book


@pytest.fixture
async def scene(logged: Logbook, house: House) -> Scene:
    """A self-reporter at the first question, and the worker who helps."""
    scene = Scene(house, logged)
    await scene.begin()
    return scene

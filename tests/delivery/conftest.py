"""People to deliver to, and a delivery whose pace is measured by a timer that is set."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

pytest.register_assert_rewrite("tests.delivery.post")

from tests.delivery.post import Post  # noqa: E402  rewritten first
from tests.house import House  # noqa: E402


@dataclass
class Timer:
    """Seconds that pass only when a test says so."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def timer() -> Timer:
    """The timer of the pace."""
    return Timer()


@pytest.fixture
async def post(house: House, timer: Timer) -> Post:
    """Samira, at her first question, and Anneke, who helps her."""
    post = Post(house)
    post.at_a_pace(timer)
    await post.begin()
    return post

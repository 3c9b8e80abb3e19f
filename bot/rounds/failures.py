"""Failures of a round, and what is done then: decide again, or take its updates one by one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError

from bot import logs
from storage.case.case_changes import StaleCaseError

# Somebody else wrote a case of the round in between: decide again, this often.
STALE_TRIES = 3


class RoundFailedError(Exception):
    """One of a round's updates cannot be loaded or written: take them one by one."""


@contextmanager
def somebodys() -> Iterator[None]:
    """Tell what somebody's update makes fail from a database that does not answer, which is nobody's.

    What fails only when it is loaded or written would otherwise fail its round, with everybody in it, for ever.
    """
    try:
        yield
    except (StaleCaseError, OperationalError, InterfaceError):
        raise
    except Exception as error:
        logs.get().error("a round failed", error=type(error).__name__, where=logs.where(error))
        raise RoundFailedError from error


async def until_fresh(attempt: Callable[[], Awaitable[int]]) -> int:
    """Decide again while somebody else changes what was loaded, a few times; raises StaleCaseError after that."""
    for _ in range(STALE_TRIES - 1):
        try:
            return await attempt()
        except StaleCaseError:
            logs.get().info("a case changed in between, deciding again")
    return await attempt()

"""The window of release: the earliest and the latest day on which somebody who is inside may be free. Pure.

It is reckoned from the day of arrival and the length of the sentence, and narrows when somebody tells the day. It
decides nothing: from its earliest day on somebody asks, and goes on asking until there is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from storage.case.case import Case

DAY = timedelta(days=1)
# Leave at the end of a sentence (eindverlof, Stcrt 2025, 24169): so many days before the formal end at most, for
# sentences of these lengths, and not for everybody. Verify with a jurist, like all that follows.
LEAVE, LEAVE_FROM, LEAVE_TO = timedelta(days=14), 8, 365
# Others were let go so many days early for want of cells (2024).
CELLS = timedelta(days=3)
# Of a sentence of over a year a part falls away on conditions (VI, Sr 6:2:10): up to two years a third of what is over
# the first year, beyond that a third, and two years at most.
YEAR, TWO_YEARS = 365, 730
# Nobody knows how long: the mean sentence of a self-reporter is 35 days (2021), which may end two weeks early.
UNKNOWN_LATEST = timedelta(days=35)
UNKNOWN_EARLIEST = UNKNOWN_LATEST - LEAVE
# Who was said to be inside is asked about again after so long, or on the day that was told.
ASK_AGAIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Window:
    """The days between which somebody may come out. `told`: somebody said the latest one, it is not reckoned."""

    earliest: date
    latest: date
    told: bool = False


def arrived(case: Case) -> date:
    """Return the day on which somebody went in; or an earlier one where nobody noted it: asked too soon."""
    return case.arrived_on or case.reporting_date or case.listed_on or case.added_at.date()


def _served(days: int) -> int:
    """Return the days of a sentence that are served at least, leave apart."""
    if days <= YEAR:
        return days
    return YEAR + 2 * (days - YEAR) // 3 if days <= TWO_YEARS else max(2 * days // 3, days - TWO_YEARS)


def _early(days: int | None) -> timedelta:
    """Return how long before its formal day a sentence of so many days may end at the gate."""
    return LEAVE if days is None or LEAVE_FROM <= days <= LEAVE_TO else CELLS


def window_of(case: Case) -> Window | None:
    """Return the window of somebody who is inside; None for anybody else."""
    if case.phase != "held":
        return None
    began, days, told = arrived(case), case.sentence_days, case.release_date
    if told is not None:
        earliest, latest = told - _early(days), told
    elif days is not None and days > 0:
        latest = began + days * DAY
        earliest = began + _served(days) * DAY - _early(days)
    else:
        earliest, latest = began + UNKNOWN_EARLIEST, began + UNKNOWN_LATEST
    # Nobody is out before the day after they went in, nor before the last day on which somebody knew them inside.
    known = max(began, case.inside_on) if case.inside_on is not None else began
    return Window(max(earliest, known + DAY), latest, told is not None)


def asks_on(case: Case) -> date | None:
    """Return the day from which on somebody asks whether they are out; None for who is not inside.

    That is the earliest day, and after "still inside" a week later, or the day that was told if that comes first.
    """
    window = window_of(case)
    if window is None:
        return None
    said = case.inside_on
    if said is None:
        return window.earliest
    again = said + ASK_AGAIN
    if window.told and said < window.latest < again:
        again = window.latest
    return max(window.earliest, again)


def formally_free_on(case: Case, out: date) -> date | None:
    """Return the formal end of the sentence where it comes after the day `out` of the gate: until then it is leave."""
    window = window_of(case)
    known = window is not None and (window.told or case.sentence_days is not None)
    return window.latest if window is not None and known and window.latest > out else None

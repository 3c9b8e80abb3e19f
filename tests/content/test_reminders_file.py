"""Reminders as a municipality may write them: whatever stands there, the limits that protect people hold."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conversations.content import loading
from conversations.content.files.content_file import ContentError
from conversations.content.files.own_files import OwnFiles
from conversations.content.reminders import Reminders

PACKAGED = Path(loading.__file__).parent / "packaged" / "reminders.toml"


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """Return a copy of the packaged file in which something stands differently."""
    text = PACKAGED.read_text()
    for old, new in changes:
        assert text.count(f"\n{old}\n") == 1, old
        text = text.replace(f"\n{old}\n", f"\n{new}\n")
    file = folder / "reminders.toml"
    file.write_text(text)
    return file


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ("opens = 09:00:00", "opens = 06:59:00", "sending.opens", "nobody is written to before 07:00; write"),
        ("closes = 20:00:00", "closes = 22:01:00", "sending.closes", "nobody is written to after 22:00; write"),
        ("closes = 20:00:00", "closes = 12:59:00", "sending.closes", "fewer than four hours a day"),
        ("closes = 20:00:00", "closes = 08:00:00", "sending.closes", "fewer than four hours a day"),
        ("usual = 10:00:00", "usual = 20:00:00", "sending.usual", "write a time from 09:00:00 until before 20:00:00"),
        ("usual = 10:00:00", "usual = 10:00:30", "sending.usual", "no time in whole minutes; write it like"),
        ("usual = 10:00:00", 'usual = "10:00+01:00"', "sending.usual", "no time in whole minutes; write it like"),
        ("usual = 10:00:00", "", "sending.usual", "is not there; write usual = 10:00:00"),
        ("reporting_7 = 7", "reporting_7 = 14", "milestones.reporting_7", "write fewer than 14 days"),
        ("reporting_3 = 3", "reporting_3 = 8", "milestones.reporting_3", "write fewer than 7 days"),
        ("reporting_3 = 3", "reporting_3 = 1", "milestones.reporting_3", "write reporting_3 = 3"),
        ("at = 10:00:00", "", "day_before.at", "is not there; write at = 10:00:00"),
        ("at = 10:00:00", "at = 08:59:00", "day_before.at", "lies outside the sending hours"),
        ("at = 10:00:00", "at = 12:01:00", "day_before.at", "no time to call who does not open it"),
        ("again = 16:00:00", "again = 10:00:00", "day_before.again", "write a time later than at"),
        ("again = 16:00:00", "again = 21:00:00", "day_before.again", "lies outside the sending hours"),
        ("evening = 19:30:00", "evening = 20:00:00", "actions.evening", "lies outside the sending hours"),
        (
            "last_at_least_minutes = 30",
            "last_at_least_minutes = 91",
            "reporting_day.last_at_least_minutes",
            "write 90 or less",
        ),
        (
            "last_not_before = 05:00:00",
            "last_not_before = 04:59:00",
            "reporting_day.last_not_before",
            "write a time from 05:00:00",
        ),
        ("left_home = 10:00:00", "left_home = 09:00:00", "reporting_day.left_home", "write a time after 09:00:00"),
        ("left_home = 10:00:00", "left_home = 12:01:00", "reporting_day.left_home", "12:00:00 at the latest"),
        (
            "leave_earlier_minutes = [120, 90, 60]",
            "leave_earlier_minutes = [60, 90]",
            "reporting_day.leave_earlier_minutes",
            "write each smaller",
        ),
        (
            "letter_offered = [09:00:00, 10:00:00, 13:00:00]",
            "letter_offered = [09:00:00, 09:00:00]",
            "reporting_day.letter_offered",
            "write each later",
        ),
        ("every_weeks = 8", "every_weeks = 0", "check_ins.every_weeks", "write every_weeks = 8"),
        ("not_yet = 3", "not_yet = 1", "actions.not_yet", "write not_yet = 3"),
        ("call_at = 16:00:00", "call_at = 20:00:00", "at_home.call_at", "lies outside the sending hours"),
    ],
)
def test_what_would_hurt_people_is_refused_with_its_line_and_the_mend(
    tmp_path: Path, old: str, new: str, where: str, says: str
) -> None:
    file = changed(tmp_path, (old, new))
    with pytest.raises(ContentError) as caught:
        Reminders.load(file)
    [sentence] = str(caught.value).splitlines()
    assert sentence.startswith(f"{file}, line ")
    assert f": {where}" in sentence
    assert says in sentence
    if new:
        line = file.read_text().splitlines().index(new) + 1
        assert sentence.startswith(f"{file}, line {line}: ")


def test_the_widest_hours_and_the_latest_eve_are_taken(tmp_path: Path) -> None:
    file = changed(
        tmp_path,
        ("opens = 09:00:00", "opens = 07:00:00"),
        ("closes = 20:00:00", "closes = 22:00:00"),
        ("at = 10:00:00", "at = 12:00:00"),
    )
    assert Reminders.load(file).sending.holds(Reminders.load(file).day_before.at)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("days = 7", "days = 30", "check_month.days: check_week comes on that day already; write another day"),
        ("days = 7", "days = 31", "check_month.days: does not come after check_week; write more than 31 days"),
        ("days = 154", "days = 183", "check_22.days: "),
        ("days = 30", "days = 10", "check_week.call_days: who helps calls after the next check-in; write fewer than 3"),
        ('id = "check_week"', 'id = "check_day"', "check_day: stands there twice; give it an id of its own"),
        ('id = "check_week"', 'id = "check_year"', "'check_month' or 'check_22'"),
        (
            'asks = ["home", "money_now"]',
            "asks = []",
            "check_day.asks: is too short (at least 1); write",
        ),
        ('asks = ["home", "money_now"]', 'asks = ["home", "home"]', "check_day.asks.home: stands there twice"),
    ],
)
def test_a_check_in_after_release_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = changed(tmp_path, (old, new))
    with pytest.raises(ContentError) as caught:
        Reminders.load(file)
    sentences = str(caught.value).splitlines()
    assert says in sentences[0]
    assert all(one.startswith(f"{file}, line ") for one in sentences)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("homes", "the checklist has no question homes; mend the name"),
        ("going", 'question going is not asked of who is free; write "free" among the phases of going'),
    ],
)
def test_a_check_in_asks_only_what_the_checklist_asks_of_who_is_free(tmp_path: Path, asked: str, says: str) -> None:
    changed(tmp_path, ('asks = ["home", "money_now"]', f'asks = ["{asked}", "money_now"]'))
    with pytest.raises(ContentError, match=re.escape(says)) as caught:
        loading.load(OwnFiles(tmp_path), ZoneInfo("Europe/Amsterdam"))
    [sentence] = str(caught.value).splitlines()
    assert f"at_home.check.check_day.asks: {says}" in sentence

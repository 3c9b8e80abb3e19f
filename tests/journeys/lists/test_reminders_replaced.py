"""A municipality with hours and lead times of its own: reminders come when its file says."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

from conversations.content import loading
from tests.house import open_house

PACKAGED = Path(loading.__file__).parent / "packaged" / "reminders.toml"
DAY, ONE = date(2027, 3, 9), timedelta(days=1)


async def test_another_hour_and_other_days_in_the_file_move_the_reminders(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = PACKAGED.read_text()
    for old, new in (
        ("reporting_14 = 14", "reporting_14 = 21"),
        ("\nusual = 10:00:00", "\nusual = 12:00:00"),
        ("\nat = 10:00:00", "\nat = 11:30:00"),
        ("leave_offered = [08:00:00,", "leave_offered = [06:45:00,"),
        ("last_before_leaving_minutes = 90", "last_before_leaving_minutes = 60"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (own / "reminders.toml").write_text(text)
    async with open_house(tmp_path, content_folder=own) as house:
        ref, mila, _ = await house.called_up("9 maart 2027")
        planned = {r.kind: (r.day, r.at) for r in (await house.load(ref)).reminders}
        assert planned["reporting_14"] == (DAY - 21 * ONE, time(12))
        assert planned["reporting_7"] == (DAY - 7 * ONE, time(12))
        await house.at(DAY - 21 * ONE, 11, 59)
        assert ("reporting_14", "planned") in await house.ledger(ref)
        await house.at(DAY - 21 * ONE, 12)
        assert ("reporting_14", "sent") in await house.ledger(ref)
        await house.at(DAY - ONE, 11, 29)
        assert ("reporting_eve", "planned") in await house.ledger(ref)
        await house.at(DAY - ONE, 11, 30)
        assert ("reporting_eve", "sent") in await house.ledger(ref)
        await house.tap(mila, "Laat zien", "06:45")
        assert "Morgen om 05:45" in mila.last.text
        await house.at(DAY, 5, 45)
        assert ("reporting_day", "sent") in await house.ledger(ref)

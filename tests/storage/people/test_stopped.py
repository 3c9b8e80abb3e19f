"""Who stopped the chat is left alone, until they turn to us: the same in memory and in the database."""

from __future__ import annotations

from datetime import timedelta

from storage.people.stopped import stopped
from tests.house import House, on_both

# What somebody did, a minute apart each; the last word says whether nothing may come to them now.
LIVES: tuple[tuple[tuple[str, ...], bool], ...] = (
    ((), False),
    (("yes",), False),
    (("no", "stop"), True),
    (("no", "call"), True),
    (("yes", "text", "no", "stop"), True),
    (("yes", "no", "stop", "text"), False),
    (("no", "stop", "help"), False),
    (("no", "stop", "yes"), False),
    (("no", "stop", "yes", "no", "stop"), True),
)


@on_both
async def test_who_stopped_is_known_from_what_they_said_last(house: House) -> None:
    expected = {}
    for did, left in LIVES:
        ref = await house.case()
        async with house.app.database.write() as connection:
            case, at = await house.case_on(connection, ref), house.clock.now()
            for what in did:
                if what in ("yes", "no"):
                    case.person.consent("channel", what == "yes", at, "1")
                else:
                    # A no to the chat and the sign for it are of one moment.
                    case.thread.write("self_reporter", "", at, kind=what)
                    at += timedelta(minutes=1)
            await house.stores.cases.save(connection, [case], at, house.settings.zone)
        expected[case.id] = left
        assert (await house.load(ref)).person.has_stopped is left, did
    async with house.app.database.read() as connection:
        assert await stopped(connection, expected) == {case_id for case_id, left in expected.items() if left}
        assert await stopped(connection, []) == set()

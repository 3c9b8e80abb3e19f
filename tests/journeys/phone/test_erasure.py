"""Erasing: key, rows and indexes go, nothing is found afterwards, and no list brings it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.errands.imports.overview_import import OverviewImport
from bot.errands.imports.refusals import ERASED
from bot.errands.overviews.reader import Overview
from bot.errands.overviews.row import OverviewRow
from bot.webchat.phone import Phone
from conversations.shared.import_result import Taken
from storage.keys.vault import VaultError
from storage.schema import metadata
from storage.scope import Actor, Scope
from tests.house import REGION, House, on_both

BEGUN = ("Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "Iets anders")


async def somebody_with_a_plan(house: House) -> tuple[str, Any]:
    ref = await house.case(number="Z4711")
    samira = await house.arrived(ref)
    await house.tap(samira, *BEGUN)
    await house.say(samira, "Tante Wilhelmina bellen", "/bericht Kan het ook een dag later?")
    return ref, samira


async def rows(house: House) -> dict[str, int]:
    async with house.app.database.read() as connection:
        counted = {}
        for name in metadata.tables:
            counted[name] = (await connection.execute(text(f'SELECT count(*) FROM "{name}"'))).scalar_one()
    return counted


@on_both
async def test_who_erases_everything_is_a_stranger_afterwards(house: House) -> None:
    anneke = await house.joined(await house.member())
    before = await rows(house)
    ref, samira = await somebody_with_a_plan(house)
    blobs = await sealed_blobs(house)
    await house.say(samira, "/wissen")
    assert "Wil je alles wissen?" in samira.last.text
    await house.tap(samira, "Nee, bewaar het")
    assert (await house.document(ref))["actions"]
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    assert [m.text for m in samira.messages if not m.mine] == [
        "🗑 Je antwoorden, je plan en je berichten zijn gewist. Wat Anneke voor de gemeente opschreef, blijft daar."
        "\n\nWis deze chat zelf ook. Het ga je goed."
    ]
    assert anneke.lock_screen[-1] == f"🗑 Gewist op eigen verzoek · {ref}"
    await house.tick()  # what was noted as deleted is swept out
    after = await rows(house)
    left = {name for name in after if after[name] != before[name]}
    # Blanked queues, the trail with its pseudonyms, what is counted of nobody in particular, and that it was swept.
    assert left <= {"inbox", "outbox", "audit", "due", "monitoring", "installation"}
    assert not (await sealed_blobs(house)) & blobs
    await house.say(samira, "/plan")
    assert "Dat ken ik niet" in samira.last.text
    await house.say(samira, "wie ben ik")
    assert "Dat lees ik niet als een code" in samira.last.text


async def sealed_blobs(house: House) -> set[bytes]:
    """Return every sealed field that lies in the table of cases or hangs from it."""
    found: set[bytes] = set()
    async with house.app.database.read() as connection:
        for name, column in (("cases", "identity"), ("cases", "record"), ("action", "content"), ("message", "content")):
            found |= set((await connection.execute(text(f"SELECT {column} FROM {name}"))).scalars())
    return found


@on_both
async def test_not_even_a_copy_of_the_blobs_opens_again(house: House) -> None:
    ref, samira = await somebody_with_a_plan(house)
    case = await house.load(ref)
    async with house.app.database.read() as connection:
        statement = text("SELECT record FROM cases WHERE id = :id")
        blob = (await connection.execute(statement, {"id": case.id})).scalar_one()
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    async with house.app.database.read() as connection:
        statement = text("SELECT count(*) FROM subject_key WHERE subject = :id")
        assert (await connection.execute(statement, {"id": case.id})).scalar() == 0
    other = await house.load(await house.case(first_name="Mila"))
    assert other.subject is not None
    with pytest.raises(VaultError):
        other.subject.open("cases", "record", case.id, blob)


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)  # elsewhere it rests on the destroyed key
async def test_nothing_of_it_lies_in_the_files_after_a_checkpoint(house: House, tmp_path: Path) -> None:
    ref, samira = await somebody_with_a_plan(house)
    blobs = await sealed_blobs(house)
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    await house.app.stop()
    files = [path for path in tmp_path.iterdir() if path.name.startswith("voorzorg.db")]
    content = b"".join(path.read_bytes() for path in files)
    assert content
    assert not [blob for blob in blobs if blob[15:63] in content]
    assert ref.encode() in content  # the audit trail keeps the pseudonym
    await house.restart()


def listed(house: House, **facts: Any) -> OverviewRow:
    """Return the row of a list with which the person would come back."""
    values: dict[str, Any] = {
        "row": 7,
        "number": "Z4711",
        "first_name": "Samira",
        "last_name": "Kloosterboer",
        "birth_year": 1999,
        "municipality": "Groningen",
        "prison": None,
        "reporting_date": None,
        "sentence_days": 28,
        "listed_on": None,
        "known_to_care": None,
        "language": "nl",
    } | facts
    return OverviewRow(province=REGION.province_of(values["municipality"]), **values)


async def brought_in(house: House, *rows: OverviewRow, area: str = "all", names: bool = True) -> Taken:
    """Bring a list in as a coordinator of an area does."""
    async with house.app.database.write() as connection:
        scope, now, zone = (
            Scope(Actor("coordinator", "", area), house.clock.now()),
            house.clock.now(),
            house.settings.zone,
        )
        bringing = OverviewImport(house.stores, REGION, scope, house.erasures)
        overview = Overview(tuple(rows), (), "", frozenset(row.number for row in rows))
        taken = await bringing.weigh(connection, overview, now, zone, names=names)
        await bringing.keep(connection, taken, now, zone)
    return taken


async def by_hand(house: House, phone: Phone, first: str = "Samira", last: str = "Kloosterboer") -> str:
    """Let a colleague add somebody with /nieuw; returns what stands on the screen then."""
    await house.say(phone, "/nieuw", first, last, "1999", "Groningen")
    await house.tap(phone, "Nog geen dag", "Ja, voeg toe")
    return str(phone.last.text)


async def test_next_weeks_overview_does_not_make_the_case_again(house: House) -> None:
    _, samira = await somebody_with_a_plan(house)
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    taken = await brought_in(house, listed(house))
    assert taken.new == []
    assert [(r.row, r.reason) for r in taken.rejected] == [(7, ERASED)]


@pytest.mark.parametrize(
    "facts",
    [
        {"number": "Z9001"},
        {"first_name": " SAMÍRA", "last_name": "klooster-boer", "number": "Z9001"},
        {"first_name": "Sаmira", "number": "Z9001"},  # with a Cyrillic а
    ],
    ids=["another number", "otherwise written", "look-alikes"],
)
async def test_who_was_added_by_hand_and_erased_is_not_brought_back_by_a_list(house: House, facts: Any) -> None:
    coby = await house.joined(await house.member("coordinator", "provincie Groningen", "Coby"))
    await by_hand(house, coby)
    [ref] = await refs(house)
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik")
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    for names in (True, False):  # a dry run without names knows them as well
        taken = await brought_in(house, listed(house, **facts), names=names)
        assert (taken.new, [r.reason for r in taken.rejected]) == ([], [ERASED])
    # Elsewhere, of another year or of another name it is another person.
    others = ({"municipality": "Assen"}, {"birth_year": 1998}, {"first_name": "Sami"})
    rows = [listed(house, row=n, **{"number": f"Z{n}"} | other) for n, other in enumerate(others, start=20)]
    assert len((await brought_in(house, *rows)).new) == 3
    # A row of another area is refused as such, and is not passed on to anybody.
    taken = await brought_in(house, listed(house, **facts), area="Assen")
    assert [r.reason == ERASED for r in taken.rejected] == [False]
    assert taken.forward == []


async def refs(house: House) -> list[str]:
    async with house.app.database.read() as connection:
        return list((await connection.execute(text("SELECT ref FROM cases ORDER BY ref"))).scalars())


async def test_who_was_erased_is_not_added_again_by_hand_without_a_coordinators_word(house: House) -> None:
    _, samira = await somebody_with_a_plan(house)
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    anneke = await house.joined(await house.member())
    said = "Deze persoon heeft alles laten wissen. Neem zelf contact op."
    # One answer for whoever is not simply added: that somebody was here and left is not to be tried out with names.
    shown = await by_hand(house, anneke)
    assert shown.startswith("👥 De coördinator kijkt hier eerst mee.")
    assert said not in anneke.dump()
    assert not any("Voeg de zaak toe" in label for label in anneke.last.labels)
    assert await refs(house) == []
    # Somebody else of that name, or the same person who wants help again: a coordinator says so.
    coby = await house.joined(await house.member("coordinator", "provincie Groningen", "Coby"))
    assert said in await by_hand(house, coby)
    assert await refs(house) == []
    await house.tap(coby, "Voeg de zaak toe")
    [ref] = await refs(house)
    taken = await brought_in(house, listed(house, number="Z9001"))
    assert (taken.new, list(taken.changes), taken.rejected) == ([], [ref], [])


async def test_a_list_without_names_is_taken_for_nobody_who_was_erased(house: House) -> None:
    ref = await house.case(first_name="", last_name="", number="Z1")
    samira = await house.arrived(ref)
    await house.say(samira, "/wissen")
    await house.tap(samira, "Ja, wis alles")
    rows = [listed(house, row=n, number=f"Z{n}", first_name="", last_name="") for n in (1, 2)]
    taken = await brought_in(house, *rows)
    assert [r.row for r in taken.rejected] == [1]
    assert len(taken.new) == 1

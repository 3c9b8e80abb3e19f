"""Whose case a row changes, of whom a list says that they are gone, and unknown columns: asked, never guessed."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from bot.errands.imports.overview_import import OverviewImport
from bot.errands.overviews.reader import Overview
from bot.errands.overviews.row import OverviewRow
from bot.webchat.phone import Phone
from storage.people.names import same_last_name
from storage.scope import Actor, Scope
from tests.house import REGION, House, on_both
from tests.journeys.lists.test_importing import case_of, count, sends
from tests.journeys.transcript import Transcript
from tests.overviews.making import HEADINGS, overview

JAN = {"Zaaknummer": "Z1", "Roepnaam": "Jan", "Achternaam": "Bos", "Geboortejaar": 1980}


@pytest.fixture
async def coby(house: House) -> Phone:
    """The phone of the coordinator of the whole region."""
    return await house.joined(await house.member("coordinator", "all", "Coby"))


async def takes(house: House, phone: Phone, *changes: dict[str, Any], headings: Any = HEADINGS) -> None:
    await sends(house, phone, overview(*changes, headings=headings))
    await house.tap(phone, "Neem over")


@on_both
async def test_a_row_with_another_surname_and_another_year_is_somebody_else_and_changes_nothing(house: House) -> None:
    coby = await house.joined(await house.member("coordinator", "all", "Coby"))
    await takes(house, coby, JAN, {})
    ref = (await case_of(house, "Z1")).ref
    await sends(house, coby, overview(JAN | {"Achternaam": "Smit", "Geboortejaar": 1994, "Melddatum": None}, {}))
    assert "✏️ 0 veranderd" in coby.last.text
    assert "1 rij afgekeurd" in coby.last.text
    assert "👻 0 ontbreken" in coby.last.text
    await house.tap(coby, "Afgekeurd 1")
    assert f"van {ref}, en de achternaam en het geboortejaar zijn anders: dat is iemand anders" in coby.last.text
    assert "Smit" not in coby.last.text
    await house.tap(coby, "Terug", "Neem over")
    kept = await case_of(house, "Z1")
    assert (kept.identity.name, kept.identity.birth_year) == ("Jan Bos", 1980)
    assert kept.overview_date == date(2027, 3, 9)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"Achternaam": "Smit"}, "andere achternaam. Bos → Smit"), ({"Geboortejaar": 1981}, "geboortejaar. 1980 → 1981")],
)
async def test_of_one_that_differs_it_is_asked_whether_it_is_the_same_person(
    house: House, coby: Phone, change: dict[str, Any], said: str
) -> None:
    await takes(house, coby, JAN, {})
    moved = JAN | change | {"Melddatum": date(2027, 4, 6)}
    await takes(house, coby, moved, {})
    kept = await case_of(house, "Z1")
    assert (kept.identity.name, kept.identity.birth_year, kept.overview_date) == ("Jan Bos", 1980, date(2027, 3, 9))
    await sends(house, coby, overview(moved, {}))
    assert "1 rij gaat misschien over een ander mens" in coby.last.text
    await house.tap(coby, "Dezelfde mens? 1")
    assert said in coby.last.text
    await house.tap(coby, f"{kept.ref}: dezelfde")
    assert "✏️ 1 veranderd" in coby.last.text
    await house.tap(coby, "Neem over")
    now = await case_of(house, "Z1")
    assert now.overview_date == date(2027, 4, 6)
    assert (now.identity.last_name, now.identity.birth_year) == (
        moved["Achternaam"],
        moved["Geboortejaar"],
    )


async def test_another_spelling_of_a_surname_is_taken_without_a_question(house: House, coby: Phone) -> None:
    await takes(house, coby, JAN | {"Achternaam": "van der Meijer"}, {})
    await sends(house, coby, overview(JAN | {"Achternaam": "v.d. Meyer-Bos"}, {}))
    assert "ander mens" not in coby.last.text
    assert "✏️ 1 veranderd" in coby.last.text


async def test_a_first_name_in_the_column_of_the_surname_is_refused(house: House, coby: Phone) -> None:
    await takes(house, coby, JAN, {})
    await sends(house, coby, overview(JAN | {"Roepnaam": "Bos", "Achternaam": "Jan"}, {}))
    await house.tap(coby, "Afgekeurd 1")
    assert "staan de roepnaam en de achternaam andersom" in coby.last.text


async def test_a_number_that_is_used_again_after_its_case_was_closed_is_somebody_elses(
    house: House, coby: Phone
) -> None:
    await takes(house, coby, JAN, {})
    case = await case_of(house, "Z1")
    case.course.close("other", house.today)
    async with house.app.database.write() as connection:
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await sends(house, coby, overview(JAN | {"Achternaam": "Smit", "Geboortejaar": 1994}, {}))
    await house.tap(coby, "Afgekeurd 1")
    assert f"was van {case.ref}. Die zaak is afgesloten, en dit is iemand anders" in coby.last.text


async def test_a_number_that_lost_its_zeros_is_still_theirs_and_nobody_seems_gone(house: House, coby: Phone) -> None:
    await takes(house, coby, JAN | {"Zaaknummer": "0026001"}, {"Zaaknummer": "0026002"})
    await sends(house, coby, overview(JAN | {"Zaaknummer": 26001}, {"Zaaknummer": 26002}))
    assert "🆕 0 nieuw · ✏️ 0 veranderd · 🟰 2 gelijk · 👻 0 ontbreken" in coby.last.text
    await house.tap(coby, "Neem over")
    assert (await case_of(house, "0026001")).identity.name == "Jan Bos"
    # Somebody else with that number is somebody new.
    other = {"Zaaknummer": 26001, "Achternaam": "Smit", "Geboortejaar": 1994}
    await sends(house, coby, overview(other, {"Zaaknummer": 26002}))
    assert "🆕 1 nieuw" in coby.last.text


PEOPLE = [
    ("Jan", "Bos"),
    ("Ali", "Demir"),
    ("Piet", "de Groot"),
    ("Eva", "Kuipers"),
    ("Tom", "Hansen"),
    ("Mo", "Amrani"),
]


def _rows(shuffle: Random | None, at: int = 0) -> tuple[OverviewRow, ...]:
    """Return a list of everybody; with `shuffle`, with cells that were moved, swapped or typed anew."""
    first, last = [p[0] for p in PEOPLE], [p[1] for p in PEOPLE]
    years = [1970 + 3 * n for n in range(len(PEOPLE))]
    if shuffle is not None:
        for column in (first, last, years):
            if shuffle.random() < 0.5:
                a, b = shuffle.sample(range(len(PEOPLE)), 2)
                column[a], column[b] = column[b], column[a]  # type: ignore[call-overload]
        if shuffle.random() < 0.2:
            shuffle.shuffle(last)
        if shuffle.random() < 0.2:
            first, last = last, first
        if shuffle.random() < 0.3:
            n = shuffle.randrange(len(PEOPLE))
            last[n] = last[n] + "s"
    common = {"municipality": "Assen", "province": "Drenthe", "prison": None, "reporting_date": None, "language": "nl"}
    rest = {"sentence_days": 28, "listed_on": None, "known_to_care": None}
    return tuple(
        OverviewRow(row=n + 2, number=f"P{n}", first_name=f, last_name=s, birth_year=y, **common, **rest)  # type: ignore[arg-type]
        for n, (f, s, y) in enumerate(zip(first, last, years, strict=True))
    )


async def test_whatever_a_list_mixes_up_no_case_becomes_anothers_without_a_yes(house: House) -> None:
    numbers = frozenset(f"P{n}" for n in range(len(PEOPLE)))
    scope = Scope(Actor("coordinator", "", "all"), house.clock.now())
    bringing = OverviewImport(house.stores, REGION, scope, house.erasures)
    now, zone = house.clock.now(), house.settings.zone
    async with house.app.database.write() as connection:
        await bringing.take(connection, Overview(_rows(None), (), "", numbers), now, zone)
    refused = asked = changed = 0
    for seed in range(150):
        rows = _rows(Random(seed))
        async with house.app.database.read() as connection:
            taken = await bringing.weigh(connection, Overview(rows, (), "", numbers), now, zone)
        asked += len(taken.doubts)
        refused += len(taken.rejected)
        changed += len(taken.changes)
        assert len(taken.rejected) + len(taken.changes) + taken.unchanged == len(PEOPLE), seed
        for case in taken.cases:
            name, year = PEOPLE[int((case.identity.number or "P0")[1:])][1], 1970 + 3 * int(case.identity.number[1:])  # type: ignore[index]
            assert same_last_name(case.identity.last_name, name), seed
            assert case.identity.birth_year == year, seed
    assert min(refused, asked, changed) > 20


PLACES = ("Assen", "Assen", "Emmen", "Emmen", "Meppel", "Groningen")


def province(*gone: int, only: str | None = None, **more: Any) -> bytes:
    """Return a list of six people in four places, without those whose place in it is `gone`."""
    rows = [
        {"Zaaknummer": f"D{n}", "Achternaam": f"{'ABCDEF'[n]}ven", "Geboortejaar": 1970 + n, "Gemeente": place} | more
        for n, place in enumerate(PLACES)
        if n not in gone and only in (None, place)
    ]
    return overview(*rows)


@pytest.mark.parametrize(
    ("data", "missing", "apart"),
    [
        (province(0, only="Assen"), ["D0"], 4),  # a municipality's list says nothing of the others
        (province(only="Emmen"), [], 4),
        (province(4), [], 1),  # nobody left in Meppel: it is asked how far the list goes
        (province(0, 2, 5), ["D0", "D2"], 1),
    ],
)
async def test_only_who_lives_in_a_place_that_the_list_names_can_be_missing_from_it(
    house: House, coby: Phone, data: bytes, missing: list[str], apart: int
) -> None:
    await sends(house, coby, province())
    await house.tap(coby, "Neem over")
    await sends(house, coby, data)
    assert f"👻 {len(missing)} ontbreken" in coby.last.text
    assert (f"📍 {apart} za" in coby.last.text) == bool(apart)
    await house.tap(coby, "Neem over")
    assert [n for n in range(6) if (await case_of(house, f"D{n}")).missing_since] == [int(n[1:]) for n in missing]


async def test_a_refused_row_still_says_of_which_place_the_list_is(house: House, coby: Phone) -> None:
    await sends(house, coby, province())
    await house.tap(coby, "Neem over")
    row = {"Zaaknummer": "D9", "Gemeente": "Meppel", "Geboortejaar": 79}
    await sends(house, coby, overview(row, {"Zaaknummer": "D8", "Gemeente": "Emen"}))
    assert "👻 3 ontbreken" in coby.last.text  # of Meppel and of Emmen


async def test_whom_a_colleague_moved_is_not_missing_from_the_list_of_where_they_live_now(
    house: House, coby: Phone
) -> None:
    await sends(house, coby, province())
    await house.tap(coby, "Neem over")
    case = await case_of(house, "D0")
    case.municipality = "Meppel"
    case.touch("cases")
    async with house.app.database.write() as connection:
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await sends(house, coby, province(only="Meppel"))
    assert "👻 0 ontbreken" in coby.last.text


async def test_a_provinces_list_and_a_municipalitys_list_in_turn(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.choice", Random(7).choice)
    told = Transcript(house)
    coby = await house.joined(await house.member("coordinator", "provincie Drenthe", "Coby"))
    told.follow("Coby", coby)

    async def send(name: str, data: bytes) -> None:
        await told.say("Coby", "/import")
        told.lines.append(f"Coby sends the file {name}")
        coby.send_document(f"{name}.xlsx", data)
        await house.pump()
        told.note()

    told.heading("The list of Drenthe: five people in three places, and one of Groningen")
    await send("drenthe", province())
    await told.tap("Coby", "✅ Neem over")
    told.heading("The list of Assen: one of two is gone. Of the other places it says nothing")
    await send("assen", province(0, only="Assen"))
    await told.tap("Coby", "👻 Ontbreekt 1")
    await told.tap("Coby", "⬅️ Terug")
    await told.tap("Coby", "✅ Neem over")
    told.heading("The list of Drenthe again: nobody is left in Meppel, so it is asked how far it goes")
    await send("drenthe", province(0, 4))
    await told.tap("Coby", "📍 De hele lijst van Drenthe")
    await told.tap("Coby", "✅ Neem over")
    assert "Groningen" not in coby.last.text
    told.matches("lists_in_turn")
    assert [n for n in range(5) if (await case_of(house, f"D{n}")).missing_since] == [0, 4]


COLUMNS = (*HEADINGS, "Opmerkingen", "Telefoonnummer", "Status")


async def test_columns_that_are_not_known_are_named_and_left_out_with_one_tap(house: House, coby: Phone) -> None:
    rows = [{"Opmerkingen": "belt nooit terug", "Telefoonnummer": "06-12345678"}, {"Status": "#N/B"}]
    await sends(house, coby, overview(*rows, headings=COLUMNS))
    for name in COLUMNS[-3:]:
        assert f"· {name}" in coby.last.text
    assert await count(house) == 0
    await house.tap(coby, "Lees zonder deze kolommen")
    assert "🚫 Gelezen zonder: Opmerkingen, Telefoonnummer, Status" in coby.last.text
    await house.tap(coby, "Neem over")
    assert await count(house) == 2
    assert "belt nooit" not in coby.dump()


async def test_without_a_yes_to_leaving_out_columns_nothing_is_read(house: House, coby: Phone) -> None:
    await sends(house, coby, overview({}, headings=(*HEADINGS, "<b>Lievelingskleur")))
    assert "· <b>Lievelingskleur" in coby.last.text
    await house.tap(coby, "Niet doen")
    assert await count(house) == 0


async def test_who_went_on_with_something_else_is_asked_about_the_columns_too(house: House, coby: Phone) -> None:
    await house.say(coby, "/import")
    coby.send_document("overzicht.xlsx", overview({}, headings=COLUMNS))
    await house.app.reception.poll()
    await house.app.rounds.updates()
    coby.say("/vandaag")
    await house.app.reception.poll()
    await house.app.rounds.updates()
    await house.pump()
    await house.tap(coby, "Laat zien")
    assert "· Telefoonnummer" in coby.last.text
    await house.tap(coby, "Lees zonder deze kolommen")
    assert "🆕 1 nieuw" in coby.last.text

"""Twelve different people, each played to a plan over real HTTP; every transcript is read and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from storage.case.case import Case
from tests.house import House
from tests.journeys.player import Player
from tests.journeys.transcript import Transcript

# What everybody says on arrival, unless they are otherwise.
ARRIVING = (
    ("Gebruikt iemand anders", "Alleen ik"),
    ("Wil je ook een pincode", "Straks"),
    ("Ik ben een computer", "Verder"),
    ("Wie ziet je antwoorden", "Ja, hier"),
)
DONE = "Je plan"


@dataclass(frozen=True)
class Somebody:
    """A person: what the list says, and how they answer. `days`: until the day in their letter."""

    name: str
    says: tuple[tuple[str, str], ...]
    days: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


async def arrive(house: House, who: Somebody) -> tuple[str, Player]:
    """Bring somebody in by a list, and let them open their letter; a worker has their case."""
    day = house.today + timedelta(days=who.days) if who.days is not None else None
    member = await house.member()
    ref = await house.case(first_name=who.name, reporting_date=day, **who.facts)
    told = Transcript(house)
    phone = await house.arrived(ref, name=who.name)
    told.follow(who.name, phone)
    typed = () if day is None else (("Welke dag staat in de brief", f"✍{day:%d-%m-%Y}"), ("Is het deze dag", "Ja"))
    letter = "Ja, met een dag" if day else "Er staat geen dag in"
    said = (*who.says, *ARRIVING, ("Heb je een brief met een dag", letter), *typed)
    assert member.id
    return ref, Player(who.name, phone, told, said)


async def plays(house: House, who: Somebody, golden: str) -> Case:
    """Play somebody to their plan, and compare the transcript."""
    ref, player = await arrive(house, who)
    await player.go_on(DONE)
    player.told.matches(golden)
    return await house.load(ref)


YES, NO = ("voorstel", "Ja, dit doe ik"), ("voorstel", "Nee")
PEOPLE = {
    "no_date": Somebody("Mila", (("meest aan", "Geld"), ("rekeningen betalen", "slecht"), YES)),
    "nine_days_alone_with_a_child_and_a_job": Somebody(
        "Sam",
        (
            ("meest aan", "Mensen thuis"),
            ("Hoe kom je aan geld", "Vaste baan"),
            ("Weet je baas", "Nee"),
            ("Zorg jij voor kinderen", "Ja, alleen"),
            ("Wie zorgt voor de kinderen", "nog iemand"),
            ("voorstel", "Samen met"),
        ),
        days=9,
    ),
    "homeless": Somebody(
        "Kevin",
        (
            ("meest aan", "Mijn huis"),
            ("Waar woon je nu", "Ik heb geen plek"),
            ("Sta je ingeschreven", "Nee"),
            ("Waar blijven je spullen", "Ik zoek nog"),
            YES,
        ),
        days=40,
    ),
    "agency_worker": Somebody(
        "Piotr",
        (
            ("meest aan", "Werk of school"),
            ("Waar woon je nu", "Huis van mijn werk"),
            ("Hoe kom je aan geld", "uitzendbureau"),
            ("Ben je bang dat je je baan", "Ja"),
            YES,
        ),
        days=60,
    ),
    "own_business": Somebody(
        "Henk",
        (
            ("meest aan", "Werk of school"),
            ("Hoe kom je aan geld", "Eigen bedrijf"),
            ("Kan iemand je bedrijf leiden", "nog"),
            ("📌 Kies iemand die voor je bedrijf", "Iets anders"),
            ("Wat wil je zelf doen", "✍Mijn broer Gerrit neemt de zaak een maand over"),
            YES,
        ),
        days=50,
    ),
    "in_crisis": Somebody(
        "Noor",
        (("meest aan", "Mijn gezondheid"), ("aan zelfmoord", "Soms"), ("Ben je vaak bang", "Vaak"), YES),
    ),
    "refuses_everything": Somebody("Tom", (("voorstel", "Nee"), (".", "Zeg ik liever niet")), days=30),
    "asks_for_everything_to_be_done": Somebody(
        "Joke",
        (
            ("meest aan", "Geld"),
            ("rekeningen betalen", "slecht"),
            ("boetes van het CJIB", "staan nog open"),
            ("post van een deurwaarder", "Ja"),
            ("voorstel", "Doen jullie dit voor mij"),
        ),
    ),
}


@pytest.mark.parametrize("who", PEOPLE)
async def test_somebody_comes_to_a_plan_of_their_own(house: House, who: str) -> None:
    case = await plays(house, PEOPLE[who], f"people_{who}")
    owners = {action.owner for action in case.actions if action.status == "agreed"}
    standing = {flag.flag for flag in case.flags if flag.stands}
    match who:
        case "no_date":
            assert case.confirmed_date is None
            assert owners == {"self"}
        case "nine_days_alone_with_a_child_and_a_job":
            assert case.confirmed_date == house.today + timedelta(days=9)
            assert all(a.due and a.due < case.confirmed_date for a in case.actions)
            assert any(a.together for a in case.actions)
        case "homeless":
            assert standing == {"homeless_after"}
            assert "worker" in owners
        case "agency_worker":
            assert {a.proposal for a in case.actions} >= {"job_legal", "ask_work"}
        case "own_business":
            assert "Mijn broer Gerrit neemt de zaak een maand over" in {a.text for a in case.actions}
        case "in_crisis":
            assert "suicide" in standing
            assert "urgent_flag" in case.waiting
        case "refuses_everything":
            assert owners == set()
            assert {answer.value for name, answer in case.answers.items() if name not in ("letter", "date")} == {
                "unsaid"
            }
        case "asks_for_everything_to_be_done":
            assert owners == {"worker"}
            # Nothing of the plan; whether something changed is asked after eight weeks.
            assert {row.kind for row in case.reminders if row.state == "planned"} == {"check_in"}


async def test_somebody_in_crisis_sees_whom_to_call_at_once_and_the_lock_screen_stays_empty(house: House) -> None:
    _, noor = await arrive(house, PEOPLE["in_crisis"])
    await noor.go_on("aan zelfmoord")
    noor.phone.lock_screen.clear()
    await noor.told.tap("Noor", "Soms")
    for number in ("113", "0800-0113", "112"):
        assert number in noor.phone.last.text
    assert noor.phone.lock_screen == []


async def test_somebody_changes_their_mind(house: House) -> None:
    lisa = Somebody(
        "Lisa", (("meest aan", "Mijn huis"), ("Waar woon je nu", "Opvang"), ("Kun je daar terug", "andere plek"), NO)
    )
    ref, player = await arrive(house, lisa)
    await player.go_on("Kun je daar terug")
    player.told.heading("Back: she lives with somebody after all")
    await player.told.tap("Lisa", "Terug")
    await player.told.tap("Lisa", "Bij iemand")
    await player.go_on("voorstel")
    player.told.heading("No, and later yes to something of her own")
    await player.told.tap("Lisa", "Nee")
    await player.go_on(DONE)
    await player.told.tap("Lisa", "Iets van mijzelf")
    await player.told.say("Lisa", "Mijn tante vragen of ik daar mag wonen")
    await player.told.say("Lisa", "vrijdag")
    await player.go_on(DONE)
    player.told.matches("people_changes_their_mind")
    case = await house.load(ref)
    assert case.person.answer_to("home") == "with"
    assert [a.text for a in case.actions if a.status == "agreed"] == ["Mijn tante vragen of ik daar mag wonen"]


async def test_somebody_stops_halfway_and_returns_days_later(house: House) -> None:
    rachid = Somebody("Rachid", (("meest aan", "Geld"), ("rekeningen betalen", "Soms"), YES))
    ref, player = await arrive(house, rachid)
    await player.go_on("boetes van het CJIB")
    before = dict((await house.load(ref)).answers)
    player.told.heading("He stops")
    await player.told.say("Rachid", "/stop")
    await player.told.tap("Rachid", "Stoppen")
    assert not [row for row in (await house.load(ref)).reminders if row.state in ("planned", "leaving")]
    player.told.heading("Five days later he begins again, where he was")
    house.clock.forward(days=5)
    await house.tick()
    await player.told.say("Rachid", "/start")
    await player.told.tap("Rachid", "Weer beginnen")
    await player.go_on("boetes van het CJIB")
    assert (await house.load(ref)).answers == before
    await player.go_on(DONE)
    player.told.matches("people_stops_and_returns")


async def test_somebodys_day_moves_in_the_list_but_not_in_the_letter(house: House) -> None:
    dirk = Somebody("Dirk", (("meest aan", "De dag"), ("Heeft de gemeente", "klopt"), YES), days=30)
    ref, player = await arrive(house, dirk)
    await player.go_on(DONE)
    day = (await house.load(ref)).confirmed_date
    assert day is not None
    player.told.heading("Next week's list has another day")
    case = await house.load(ref)
    async with house.app.database.write() as connection:
        case.course.list_date(day + timedelta(days=14))
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await player.told.say("Dirk", "/plan")
    assert "14 januari" not in player.phone.dump()
    player.told.matches("people_day_moves_in_the_list")
    case = await house.load(ref)
    assert case.confirmed_date == day
    assert "date_differs" in case.waiting

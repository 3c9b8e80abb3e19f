"""What a person wrote waits until somebody has answered them; looking is no answer, and a hand-over loses nothing."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.webchat.phone import Phone
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.case.waiting import reasons_to_wait
from storage.schema import cases, pending
from tests.house import START, House, on_both

ASKED = "Wie past er op mijn hond?"


async def waits(house: House, ref: str) -> set[str]:
    """Return what a case waits for, as all lists read it."""
    async with house.app.database.read() as connection:
        found = await connection.execute(select(pending.c.reason).join(cases).where(cases.c.ref == ref))
        return set(found.scalars())


async def asked(house: House) -> tuple[str, Phone, Phone]:
    """Return a case, the phone of its person who has asked something, and that of its worker, who has opened it."""
    worker = await house.joined(await house.member())
    ref = await house.case()
    phone = await house.arrived(ref)
    await house.tap(phone, "Alleen ik", "Verder", "Ja, hier")
    await house.say(phone, "/bericht")
    await house.say(phone, ASKED)
    await house.say(worker, f"/zaak {ref}")
    assert worker.last is not None
    assert ASKED in worker.last.text
    return ref, phone, worker


@on_both
async def test_who_looked_and_was_called_away_finds_the_message_on_every_list(house: House) -> None:
    ref, _, worker = await asked(house)
    assert "unread_message" in await waits(house, ref)
    assert (await house.document(ref))["messages"]["unread"] == 1
    await house.say(worker, "/vandaag")
    assert "bericht sinds" in worker.last.text
    case = await house.load(ref)
    assert case.thread.unread("self_reporter") == []  # it was read: that is another matter
    assert case.attend_by is not None  # and the coordinator hears when nobody answers in time


@pytest.mark.parametrize(
    ("said", "buttons"),
    [
        ("/bericht {ref} Je moeder wil wel.", ()),
        ("/bericht {ref}", ("💬 Kant-en-klare zinnen", "De brief", "1")),
        ("/contact {ref}", ("📞 Ik belde, gesproken",)),
        ("/contact {ref}", ("🏢",)),
        ("/zaak {ref}", ("🆗 Hoeft geen antwoord",)),
    ],
)
async def test_an_answer_a_talk_or_a_tap_takes_it_off(house: House, said: str, buttons: tuple[str, ...]) -> None:
    ref, _, worker = await asked(house)
    await house.say(worker, said.format(ref=ref))
    await house.tap(worker, *buttons)
    assert "unread_message" not in await waits(house, ref)
    assert (await house.document(ref))["messages"]["unread"] == 0
    assert (await house.load(ref)).attend_by is None


@pytest.mark.parametrize("way", ["📵 Gebeld, geen gehoor", "✉️ Brief verstuurd", "📩 Antwoord op de brief"])
async def test_a_call_in_vain_or_a_letter_answers_nobody(house: House, way: str) -> None:
    ref, _, worker = await asked(house)
    await house.say(worker, f"/contact {ref}")
    await house.tap(worker, way)
    assert "unread_message" in await waits(house, ref)


async def test_who_left_the_chat_is_not_answered_in_it(house: House) -> None:
    ref, phone, worker = await asked(house)
    house.clock.forward(minutes=5)
    await house.say(phone, "/stop")
    await house.tap(phone, "🚪 Stoppen")
    await house.say(worker, f"/bericht {ref} Je moeder wil wel.")
    assert "unread_message" in await waits(house, ref)


@on_both
async def test_what_waits_and_what_was_told_go_along_to_the_new_worker(house: House) -> None:
    ref, _, worker = await asked(house)
    bram = await house.joined(await house.member(name="Bram"))
    told = "Let op: zijn moeder weet van niets. Bel alleen hem."
    await house.say(worker, f"/overdragen {ref}")
    assert "1 bericht wacht op antwoord. Het gaat mee." in worker.last.text
    await house.tap(worker, "👤 Bram")
    await house.say(worker, told)
    assert all(told not in line for line in bram.lock_screen)
    await house.tap(bram, "👀 Laat zien")  # what the notice opens
    card = bram.last.text
    assert card.startswith("🔁 Anneke droeg over, "), card
    assert card.index(told) < card.index(ref)
    await house.say(bram, "/vandaag")
    assert ref in bram.last.text
    assert "bericht sinds" in bram.last.text
    await house.say(bram, f"/zaak {ref}")
    assert told in bram.last.text  # until it is tapped away
    await house.tap(bram, "👍 Overdracht gelezen")
    assert told not in bram.last.text
    assert ASKED in bram.last.text
    assert (await house.load(ref)).handovers[0].seen_at is not None


async def test_a_case_that_comes_back_shows_the_last_word_only(house: House) -> None:
    ref, _, worker = await asked(house)
    bram = await house.joined(await house.member(name="Bram"))
    for phone, to, told in ((worker, "Bram", "Bel voor vrijdag."), (bram, "Anneke", "Gebeld: alles loopt.")):
        await house.say(phone, f"/overdragen {ref}")
        await house.tap(phone, f"👤 {to}")
        await house.say(phone, told)
    await house.say(worker, f"/zaak {ref}")
    assert worker.last.text.startswith("🔁 Bram droeg over")
    assert "Bel voor vrijdag." not in worker.last.text


_DEEDS = ("writes", "calls for help", "opened", "answered", "called", "visited", "in vain", "letter", "handed over")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_DEEDS), max_size=12))
def test_a_message_waits_from_when_it_came_until_somebody_answered_or_spoke(deeds: list[str]) -> None:
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", START, Identity("Sam", "Postma", 2002, None))
    case.helpers.assign("anneke")
    waiting = None
    for number, deed in enumerate(deeds):
        now = START + timedelta(hours=number)
        match deed:
            case "writes" | "calls for help":
                case.thread.write("self_reporter", "", now, "text" if deed == "writes" else "help")
                waiting = waiting or now
            case "opened":
                case.thread.read("self_reporter", now)
            case "answered":
                case.thread.answered(now)
                waiting = None
            case "called" | "visited":
                case.reach.contacted("phone" if deed == "called" else "visit", "in", now)
                waiting = None
            case "in vain":
                case.reach.contacted("call_missed", "out", now)
            case "letter":
                case.reach.contacted("letter", "out", now)
            case "handed over":
                case.helpers.hand_over("bram", "Let op.", now)
    reasons = reasons_to_wait(case, START + timedelta(days=1), ZoneInfo("Europe/Amsterdam"))
    assert reasons.get("unread_message") == waiting

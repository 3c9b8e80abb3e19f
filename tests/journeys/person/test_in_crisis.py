"""Somebody in crisis: help on the next screen, a sign without content to who helps, and the way on stays open."""

from __future__ import annotations

from tests.house import House
from tests.journeys.transcript import Transcript

UNSAID = "🤐 Zeg ik liever niet"


async def test_somebody_in_crisis_sees_help_at_once_and_the_helper_gets_a_sign(house: House) -> None:
    told = Transcript(house)
    anneke = await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn gezondheid", "Er staat geen dag in")
    for _ in range(40):
        if "zelfmoord" in mila.last.text:
            break
        await house.tap(mila, UNSAID if UNSAID in mila.last.labels else "👎 Nee")
    told.heading("The question")
    told.follow("Mila", mila)
    told.follow("Anneke", anneke)
    await told.tap("Mila", "💬 Soms")
    assert "Bel 113 of 0800-0113." in mila.last.text
    assert "Anneke krijgt nu een seintje." in mila.last.text
    assert anneke.lock_screen[-1] == f"⚠️ Kijk hiernaar · {ref}"
    told.note()
    told.heading("In words, at night")
    await house.at(house.today, 23)
    await told.say("Mila", "/bericht ik kan niet meer. ik wil dood")
    assert "Bel 113 of 0800-0113." in mila.last.text
    assert "krijgt een seintje op woensdag 25 november om 09:00." in mila.last.text
    await told.tap("Mila", "▶️ Verder")
    told.matches("in_crisis")
    document = await house.document(ref)
    assert {f["id"] for f in document["flags"] if f["level"] == "urgent"} >= {"crisis_words"}
    assert document["messages"] == {"unread": 1, "total": 1}


async def test_somebody_refuses_everything_and_nothing_is_held_against_them(house: House) -> None:
    await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier")
    for _ in range(120):
        if "📋 Je plan" in mila.last.text:
            on = [label for label in mila.last.labels if label.startswith("▶️ Verder")]
            if not on:
                break
            await house.tap(mila, on[0])
        else:
            await house.tap(mila, UNSAID if UNSAID in mila.last.labels else "👎 Nee")
    assert "🙋 Ik wil iemand spreken" in mila.last.labels
    document = await house.document(ref)
    assert set(document["answers"].values()) == {"unsaid"}
    assert {a["status"] for a in document["actions"]} <= {"declined"}
    assert [f for f in document["flags"] if f["level"] == "urgent"] == []

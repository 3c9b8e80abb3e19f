"""Buttons stay within what Telegram carries, on whatever screen of a chat of years they stand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

import conversations.router  # noqa: F401  every conversation registers itself
from conversations import roles
from conversations.buttons import DATA_BYTES, LAST_SCREEN, Buttons, carried
from conversations.content.checklist.checks import PAIR
from conversations.content.checklist.model import UNKNOWN, UNSAID, Checklist
from conversations.content.region import Region
from conversations.screen import Button
from storage.case.case_parts import new_id
from storage.keys.vault import SYSTEM_SUBJECTS, Vault
from storage.schema import chats
from tests.house import House
from tests.storage.records import RING

VAULT = Vault(RING, {name: RING.new_subject(name)[0] for name in SYSTEM_SUBJECTS})
VERBS = sorted({verb for role in (*vars(roles).values(),) if hasattr(role, "taps") for verb in role.taps})
REF, ID, DAY = "GR-4K7Q2", "0123456789abcdef" * 2, date(2026, 12, 31).isoformat()
# Verbs with the longest arguments that they have.
LONGEST = [
    ("hand_to", f"{REF}/{ID}"),
    ("report", f"{ID}/2359"),
    ("leave", f"{ID}/2359"),
    ("theme", f"99/{ID}"),
    ("with_say", f"{REF}/{'x' * PAIR}"),
    ("answer", "x" * PAIR),
    ("action_on", f"{REF}/99/{DAY}"),
    *((verb, f"{REF}/{'m' * 24}/{said}") for verb in ("weigh", "why_not") for said in ("c", "9")),
    *((verb, f"{REF}/{'m' * 24}") for verb in ("measure", "measure_ask", "decide_who")),
    *(("assign_in", f"999/{name}") for name in Region.load().municipalities),
    *(("new_said", name) for name in Region.load().municipalities),
    *(("team_area", f"provincie {province.name}") for province in Region.load().provinces),
    *(("team_area", prison.name) for prison in Region.load().prisons),
    *(
        ("with_say", f"{REF}/{question.id}/{option}")
        for question in Checklist.load().questions
        for option in (*(o.id for o in question.options), UNKNOWN, UNSAID)
    ),
]


@pytest.mark.parametrize("verb", VERBS)
def test_every_button_that_exists_has_room_for_a_case_with_a_number_and_a_day_and_for_an_id(verb: str) -> None:
    for args in (REF, f"{REF}/999/{DAY}", ID):
        assert carried(Button("?", verb, args)) is not None, args


def test_the_longest_arguments_there_are_fit_on_the_last_screen_of_a_chat_of_years_and_mean_the_same() -> None:
    buttons = Buttons(VAULT)
    for verb, args in LONGEST:
        data = buttons.data("anneke", Button("?", verb, args), LAST_SCREEN)
        assert len(data.encode()) <= DATA_BYTES
        tap = buttons.read("anneke", data)
        assert tap is not None
        assert (tap.verb, tap.args, tap.screen) == (verb, args, LAST_SCREEN)


_part = st.one_of(
    st.just(REF),
    st.builds(new_id),
    st.text("0123456789abcdef", min_size=28, max_size=40),
    st.text("~/-_:ÄéΩabc09", max_size=24),
)


@given(st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=20), st.lists(_part, max_size=4), st.integers(0))
@settings(max_examples=200, deadline=None)
def test_a_button_comes_back_as_it_was_made_or_is_left_out_of_its_screen(verb: str, parts: list[str], at: int) -> None:
    missing: list[str] = []
    buttons, screen = Buttons(VAULT, missing.append), at % (LAST_SCREEN + 1)
    button, other = Button("?", verb, "/".join(parts)), Button("!", "home")
    rows = buttons.keyboard("anneke", ((button,), (button, other)), screen)
    assert [label for label, _ in rows[-1]] == (["!"] if missing else ["?", "!"])
    assert missing in ([], [verb] * 2)
    for row in rows:
        for label, data in row:
            assert len(data.encode()) <= DATA_BYTES
            tap = buttons.read("anneke", data)
            assert tap is not None
            assert (tap.verb, tap.args) == ((verb, button.args) if label == "?" else ("home", ""))


async def test_after_years_of_screens_a_case_is_still_handed_over(house: House) -> None:
    anneke, bram = await house.member(), await house.member(name="Bram")
    phone = await house.joined(anneke)
    ref = await house.case()
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.helpers.assign(anneke.id)
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
        await connection.execute(update(chats).values(screen=LAST_SCREEN - 1))
    await house.say(phone, f"/overdragen {ref}")
    await house.tap(phone, "👤 Bram")
    await house.say(phone, "Belt het liefst na zessen.")
    assert (await house.load(ref)).worker == bram.id

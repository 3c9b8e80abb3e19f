"""Whatever is typed on any screen of a self-reporter is answered with ways on: every place, in memory."""

from __future__ import annotations

import random

import pytest

from conversations import roles
from conversations.router import Router
from tests.content.test_spoken import CONTENT, a_turn, places
from tests.house import House
from tests.talk.test_proof_screens import a_stage

# Lines that only say what is not possible.
BARE = (
    *("Tik op een van de knoppen", "Ik kan alleen tekst en knoppen lezen", "Tik op de cijfers."),
    *("Tap on one of the buttons", "I can only read text and buttons"),
)
TEXTS = (
    *(
        "ik zit er zo doorheen man",
        "wat",
        "?",
        "1",
        "42 op 3 dagen",
        "👍",
        "🤡🤡",
        "asdf ghjk",
        "jaaa neee",
        "morgen niet",
    ),
    *("<b>x", "{helper}", "' OR 1=1", "لا", "mag mn telefoon mee", "ben er niet meer", "te laat denk ik", "x" * 3000),
)
# A way on that leads to a human, or is one: by tap or by telephone.
HUMAN = ("🙋", "✍️")
WAYS = ("☎️", "📞", "050 000 00 00")


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_no_text_on_any_screen_ends_without_a_way_on(house: House, language: str) -> None:
    drawn = random.Random(20261130)
    seen: set[str] = set()
    async with a_stage(house) as stage:
        for place in places(CONTENT):
            for text in drawn.sample(TEXTS, 3):
                turn = a_turn(stage, place, language)
                turn.message_id = 99
                await stage.router.screen(turn)  # as it stood before them
                await Router.heard_or_read(roles.self_reporter, turn, text)
                screen = await stage.router.screen(turn)
                about = (place.kind, text, screen.text)
                assert turn.moved or turn.again, about
                assert not any(bare in screen.text for bare in BARE), about
                labels = [button.label for row in screen.rows for button in row]
                assert labels, about
                said = screen.text + "".join(labels)
                # Where one types to a human, the way stands before them already.
                if place.kind != "write" and turn.place["kind"] == place.kind:
                    assert any(way in said for way in (*HUMAN, *WAYS)), about
                # What waits to be sent waits in the place alone, which is sealed.
                if turn.place["kind"] == "not_understood":
                    seen.add(place.kind)
                    assert turn.place.get("said") in (None, text), about
                    assert "113" in screen.text
                    assert [button.verb for row in screen.rows for button in row][1:] == ["not_sent", "human"]
    assert len(seen) > 30

"""Updates of every shape that Telegram, or somebody who plays Telegram, could send: none stops the others.

The shapes follow the Bot API's schema; a part of each is then replaced by something else, or left out.
"""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.house import House

# Examples of this many updates each: 20,000 in all.
EXAMPLES, UPDATES = 200, 100

_ids = st.one_of(
    st.integers(1, 50), st.sampled_from([0, -1, 777000, 1087968824, 2**31, 2**52, 2**63 - 1, 2**63, -(2**63), 10**30])
)
_words = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "/start",
            "/START",
            "/start@otherbot",
            "/start " + "A" * 22,
            "/start ABCD-EFGH-JKMN",
            "/help",
            "/plan",
            "/stop",
            "/wissen",
            "/zaak GR-4K7Q2",
            "/vandaag",
            "/onbekend",
            "1999",
            "²",
            "١٩٩٩",
            "31-02-2027",
            "9 maart",
            "<b>&amp;</i>",
            "{0.__class__}%s${x}",
            "'; DROP TABLE cases; --",
            "\x00",
            "\ud800",
            "\u200b\u200d",
            "\u202eabc",
            "Z̴̢̛a̷l̸g̵o̶",
            "x" * 4096,
        ]
    ),
    st.text(max_size=80),
)
_people = st.fixed_dictionaries(
    {"id": _ids, "is_bot": st.booleans() | st.just(False), "first_name": _words},
    optional={"language_code": _words, "username": _words, "last_name": _words},
)
_chats = st.fixed_dictionaries(
    {"id": _ids, "type": st.sampled_from(["private"] * 6 + ["group", "supergroup", "channel", "", "sender"])}
)
_data = st.one_of(
    _words, st.sampled_from(["unfold::n:AAAAAAAAAAA", "answer:letter/day:1:AAAAAAAAAAA", ":::", "a:b:c:d"])
)
_attachments = st.sampled_from(
    [
        {},
        {"sticker": {"file_id": "x", "file_unique_id": "y", "type": "regular", "width": 1, "height": 1}},
        {"voice": {"file_id": "x", "file_unique_id": "y", "duration": 1}},
        {"photo": [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]},
        {"document": {"file_id": "x", "file_unique_id": "y"}},
        {"contact": {"phone_number": "1", "first_name": "x"}},
        {"location": {"latitude": 1.0, "longitude": 1.0}},
        {"dice": {"emoji": "🎲", "value": 1}},
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}},
        {"via_bot": {"id": 5, "is_bot": True, "first_name": "x"}},
        {"entities": [{"type": "bot_command", "offset": 0, "length": 6}]},
        {"entities": [{"type": "bot_command", "offset": 5, "length": 600}]},
        {"media_group_id": "1"},
        {"new_chat_members": []},
        {"web_app_data": {"data": "x", "button_text": "y"}},
        {"unknown_to_us": {"deep": [1, 2, {"x": None}]}},
    ]
)


@st.composite
def _messages(draw: st.DrawFn) -> dict[str, Any]:
    message: dict[str, Any] = {"message_id": draw(_ids), "date": draw(st.sampled_from([0, 1, 1_790_000_000, 2**40]))}
    message |= {"chat": draw(_chats), "from": draw(_people)}
    if draw(st.booleans()):
        message["text"] = draw(_words)
    return message | copy.deepcopy(draw(_attachments))


_members = st.sampled_from(["kicked", "member", "left", "creator", "administrator", "restricted", "wizard"]).map(
    lambda status: {"status": status, "user": {"id": 4242, "is_bot": True, "first_name": "Voorzorg"}}
)
_kinds: dict[str, st.SearchStrategy[Any]] = {
    "message": _messages(),
    "edited_message": _messages(),
    "channel_post": _messages(),
    "callback_query": st.fixed_dictionaries(
        {"id": _words, "from": _people, "chat_instance": _words},
        optional={"data": _data, "message": _messages(), "inline_message_id": _words, "game_short_name": _words},
    ),
    "my_chat_member": st.fixed_dictionaries(
        {"chat": _chats, "from": _people, "date": st.just(1), "old_chat_member": _members, "new_chat_member": _members}
    ),
    "inline_query": st.fixed_dictionaries({"id": _words, "from": _people, "query": _words, "offset": _words}),
    "poll_answer": st.just({"poll_id": "1", "option_ids": []}),
    "something_of_next_year": st.just({"x": 1}),
}
_strange = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), _words, st.just([]), st.just({}), st.just([[]])
)


@st.composite
def _updates(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(_kinds)))
    update = {kind: copy.deepcopy(draw(_kinds[kind]))}
    if draw(st.integers(0, 2)) == 0:  # a third of them is damaged somewhere
        at: Any = update
        while True:
            keys = list(at) if isinstance(at, dict) else list(range(len(at)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(at[key], dict | list) and at[key] and draw(st.integers(0, 3)):
                at = at[key]
                continue
            if isinstance(at, dict) and draw(st.booleans()):
                del at[key]
            else:
                at[key] = draw(_strange)
            break
    return update


async def _open(house: House) -> int:
    async with house.app.database.read() as connection:
        return await house.app.rounds.inbox.waiting(connection)


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a hundred updates takes longer than to read them
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(batch=st.lists(_updates(), min_size=UPDATES, max_size=UPDATES))
async def test_no_update_stops_the_others_and_the_inbox_always_drains(
    house: House, batch: list[dict[str, Any]]
) -> None:
    phone = next(iter(house.world.phones), None)
    if phone is None:
        phone = house.world.phone(first_name="Samira", user_id=990_001)
    for update in batch:
        house.world.inject(update)
    phone.say("/help")
    for _ in range(5 * UPDATES):  # what fails is tried five times, and what came after it in its chat waits for it
        await house.pump()
        if not await _open(house):
            break
        house.clock.forward(seconds=20)
    assert not await _open(house)
    assert "Hallo, ik ben Voorzorg" in phone.last.text

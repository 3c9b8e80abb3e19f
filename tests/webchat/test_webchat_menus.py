"""The menu that a person sees: the narrowest scope, then the language; and what Telegram refuses in one."""

from __future__ import annotations

import pytest


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name.title()} for name in names]


PLAN = {"command": "plan", "description": "Mijn plan"}


async def test_the_narrowest_scope_wins_and_in_it_the_language(server, call, sam):
    lea = server.world.phone("Lea", language_code="en-GB")
    for name, scope, language in (
        ("default", None, ""),
        ("default_en", None, "en"),
        ("private", {"type": "all_private_chats"}, ""),
        ("sam", {"type": "chat", "chat_id": sam.id}, ""),
        ("sam_en", {"type": "chat", "chat_id": sam.id}, "en"),
    ):
        before = server.world.menu(sam), server.world.menu(lea)
        more = {"scope": scope} if scope else {}
        assert (await call("setMyCommands", commands=commands(name), language_code=language, **more)).result is True
        after = server.world.menu(sam), server.world.menu(lea)
        expected = {
            "default": (commands("default"), commands("default")),
            "default_en": (before[0], commands("default_en")),
            # Any narrower scope beats the right language.
            "private": (commands("private"), commands("private")),
            "sam": (commands("sam"), before[1]),
            "sam_en": (before[0], before[1]),
        }[name]
        assert after == expected, name
    await call("deleteMyCommands", scope={"type": "chat", "chat_id": sam.id})
    assert server.world.menu(sam) == commands("private")
    await call("setMyCommands", commands=[], scope={"type": "all_private_chats"})
    assert (server.world.menu(sam), server.world.menu(lea)) == (commands("default"), commands("default_en"))


async def test_in_a_group_it_is_the_member_then_the_administrators_then_the_group(server, call, sam):
    group = server.world.group("Buurt")
    menu = server.world.menu
    steps = [
        ({"type": "default"}, True, True),
        ({"type": "all_private_chats"}, False, False),
        ({"type": "all_group_chats"}, True, True),
        ({"type": "all_chat_administrators"}, False, True),
        ({"type": "chat", "chat_id": group.id}, True, True),
        ({"type": "chat_administrators", "chat_id": group.id}, False, True),
        ({"type": "chat_member", "chat_id": group.id, "user_id": sam.id}, True, True),
    ]
    for number, (scope, for_all, for_administrators) in enumerate(steps):
        mine = commands(f"step{number}")
        await call("setMyCommands", commands=mine, scope=scope)
        assert (menu(sam, group) == mine) is for_all, scope
        assert (menu(sam, group, administrator=True) == mine) is for_administrators, scope
    assert menu(sam) == commands("step1")


async def test_what_was_set_can_be_asked_for_exactly(call, sam):
    scope = {"type": "chat", "chat_id": sam.id}
    await call("setMyCommands", commands=[PLAN], scope=scope, language_code="nl")
    assert (await call("getMyCommands", scope=scope, language_code="nl")).result == [PLAN]
    assert (await call("getMyCommands", scope=scope)).result == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ([{"command": "Plan!", "description": "?"}], "BOT_COMMAND_INVALID"),
        ([{"command": "/", "description": "?"}], "command must be non-empty"),
        ([{"command": "a" * 33, "description": "?"}], "command length must not exceed 32"),
        ([{"command": "plan", "description": " "}], "command description must be non-empty"),
        ([{"command": "plan", "description": "a" * 257}], "command description length must not exceed 256"),
        ([{"command": "plan"}], "can't parse BotCommand: Can't find field \"description\""),
        (["plan"], "can't parse BotCommand: expected an Object"),
        ({"plan": "?"}, "expected an Array of BotCommand"),
        ([PLAN] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands_have_rules(call, given, reason):
    assert (await call("setMyCommands", commands=given)).refusal == (400, f"Bad Request: {reason}")


async def test_a_hundred_commands_of_the_longest_kind_pass(call, sam, server):
    longest = [{"command": f"{number:032}", "description": "a" * 256} for number in range(100)]
    assert (await call("setMyCommands", commands=longest)).result is True
    assert server.world.menu(sam) == longest


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        ("chat", "can't parse scope JSON object"),
        (["chat"], "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ({}, "can't parse BotCommandScope: Can't find field \"type\""),
        ({"type": "everybody"}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"type": "chat", "chat_id": ""}, "can't parse BotCommandScope: Empty chat_id specified"),
        ({"type": "chat_member", "chat_id": 1}, "can't parse BotCommandScope: Invalid user_id specified"),
        ({"type": "chat", "chat_id": 1}, "chat not found"),
        ({"type": "chat_administrators", "chat_id": 100_001}, "can't use specified scope in private chats"),
    ],
)
async def test_scopes_have_rules(call, sam, scope, reason):
    assert sam.id == 100_001
    assert (await call("setMyCommands", commands=[PLAN], scope=scope)).refusal == (400, f"Bad Request: {reason}")


async def test_a_language_is_two_letters(call):
    refusal = (await call("setMyCommands", commands=[PLAN], language_code="nl-NL")).refusal
    assert refusal == (400, "Bad Request: invalid language code specified")


async def test_who_blocked_the_bot_can_have_a_menu(call, server, sam):
    sam.block()
    await call("setMyCommands", commands=[PLAN], scope={"type": "chat", "chat_id": sam.id})
    assert server.world.menu(sam) == [PLAN]

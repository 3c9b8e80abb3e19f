"""The menus of commands: kept by scope and language, shown by Telegram's precedence.

The checks are those of the Bot API server and of tdlib (BotCommand.cpp, BotCommandScope.cpp); the precedence is that
of "Determining list of commands" in the Bot API.
"""

from __future__ import annotations

import re
from typing import Any

from bot.webchat.telegram.errors import ApiError, bad_request
from bot.webchat.telegram.fields import Fields, number, string, structure

JSON = dict[str, Any]

COMMANDS = 100
COMMAND_LENGTH = 32
DESCRIPTION_LENGTH = 256
WIDE_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")

_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"[a-z]{2}")


class Menus(dict[tuple[str, str], list[JSON]]):
    """The commands by scope ("default", "all_private_chats", "chat:ID" …) and language ("" is every language)."""

    def shown(self, language: str, *scopes: str) -> list[JSON]:
        """Return the commands of the first of these scopes that has any, in `language` (IETF) before every language."""
        for scope in scopes:
            for tongue in (language.partition("-")[0], ""):
                if found := self.get((scope, tongue)):
                    return found
        return []


def private(chat_id: int) -> tuple[str, ...]:
    """Return the scopes that count in a private chat, the narrowest first."""
    return f"chat:{chat_id}", "all_private_chats", "default"


def in_group(chat_id: int, user_id: int, administrator: bool) -> tuple[str, ...]:
    """Return the scopes that count for somebody in a group, the narrowest first."""
    theirs = (f"chat_administrators:{chat_id}",) if administrator else ()
    all_theirs = ("all_chat_administrators",) if administrator else ()
    everybody = (f"chat:{chat_id}", *all_theirs, "all_group_chats", "default")
    return (f"chat_member:{chat_id}:{user_id}", *theirs, *everybody)


def read_language(fields: Fields) -> str:
    """Return the language of a call, "" without one; raises ApiError unless it is two letters."""
    language = string(fields, "language_code")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def read_commands(fields: Fields) -> list[JSON]:
    """Return the commands of a call; raises ApiError for what Telegram refuses."""
    commands = structure(fields, "commands") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(command) for command in commands]


def read_scope(fields: Fields) -> tuple[str, int | None]:
    """Return the name of a call's scope, and the chat that it is about; raises ApiError for no proper scope."""
    scope = structure(fields, "scope")
    if scope is None:
        return "default", None
    if not isinstance(scope, dict):
        raise _unreadable("BotCommandScope must be an Object")
    kind = scope.get("type")
    if not isinstance(kind, str):
        raise _unreadable('Can\'t find field "type"')
    if kind in WIDE_SCOPES:
        return kind, None
    if kind not in CHAT_SCOPES:
        raise _unreadable("Unsupported type specified")
    if scope.get("chat_id") in (None, ""):
        raise _unreadable("Empty chat_id specified" if "chat_id" in scope else 'Can\'t find field "chat_id"')
    chat_id = number(scope, "chat_id")
    if kind != "chat_member":
        return f"{kind}:{chat_id}", chat_id
    if number(scope, "user_id") <= 0:
        raise _unreadable("Invalid user_id specified")
    return f"{kind}:{chat_id}:{number(scope, 'user_id')}", chat_id


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse BotCommandScope: {reason}")


def _command(command: Any) -> JSON:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(command.get(field), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    name, description = command["command"].strip().removeprefix("/"), command["description"].strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > COMMAND_LENGTH:
        raise bad_request(f"command length must not exceed {COMMAND_LENGTH}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > DESCRIPTION_LENGTH:
        raise bad_request(f"command description length must not exceed {DESCRIPTION_LENGTH}")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}

"""Rows of the outbox that a former version of this program made: they hold Telegram's own JSON.

What waits at an upgrade still leaves. Nothing waits for longer than a day, but for the messages of an import.
"""

from __future__ import annotations

from typing import Any

from storage.queues.outbox import STUB

# What stands beside the message itself.
_BESIDE = ("chat_id", "message_id", STUB)


def modern(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Return the payload of a row as it would be written today; one that is written today is what it is.

    So is one that nobody can read any more: it holds nothing.
    """
    match kind:
        case "answer" if "callback_query_id" in payload:
            return {"tap": payload["callback_query_id"], "text": payload["text"]}
        case "inline" if "inline_query_id" in payload:
            return {"query": payload["inline_query_id"]}
        case "menu" if "commands" in payload and "to" not in payload:
            return {"to": payload.get("scope", {}).get("chat_id"), "commands": payload["commands"]}
        case _ if "chat_id" in payload:
            if "text" not in payload:  # a file, a message to be taken out
                return {"to": payload["chat_id"], **{n: v for n, v in payload.items() if n != "chat_id"}}
            said: dict[str, Any] = {"to": payload["chat_id"]}
            said["made"] = {name: value for name, value in payload.items() if name not in _BESIDE}
            if "message_id" in payload:
                said["message_id"] = payload["message_id"]
            if STUB in payload:
                said[STUB] = {"made": payload[STUB]}
            return said
    return payload

"""Keyboards under messages: only what Telegram would show passes."""

from __future__ import annotations

import json
from typing import Any

from bot.webchat.telegram.errors import bad_request

BUTTONS_PER_ROW = 8
BUTTONS = 100
CALLBACK_DATA_BYTES = 64
ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "pay",
)
OTHER_KEYBOARDS = ("keyboard", "remove_keyboard", "force_reply")


def inline_keyboard(value: Any) -> dict[str, Any] | None:
    """Return the inline keyboard in a `reply_markup` field (JSON text or an object), None when there is none.

    Reply keyboards are accepted and left out of the message, as Telegram does. Raises ApiError for a keyboard that
    Telegram would refuse; the limits of 8 a row and 100 in all are python-telegram-bot's ("undocumented").
    """
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            value = json.loads(value)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    rows = value.get("inline_keyboard")
    if rows is None:
        if value and not any(kind in value for kind in OTHER_KEYBOARDS):
            raise bad_request("object expected as reply markup")
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_button(button) for button in row] for row in rows if row]
    if any(len(row) > BUTTONS_PER_ROW for row in kept) or sum(map(len, kept)) > BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> dict[str, Any]:
    refused = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{refused}InlineKeyboardButton must be an Object")
    text = button.get("text")
    if text is None:
        raise bad_request(f'{refused}Can\'t find field "text"')
    if not isinstance(text, str) or not text.strip():
        raise bad_request(f'{refused}Field "text" must be of type String')
    actions = [name for name in ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise bad_request(f"{refused}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    data = button.get("callback_data")
    if actions == ["callback_data"] and (not isinstance(data, str) or len(data.encode()) > CALLBACK_DATA_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    return {"text": text, actions[0]: button[actions[0]]}

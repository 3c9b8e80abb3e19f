"""Messages: a screen as Telegram takes it, with its buttons made for who sees them."""

from __future__ import annotations

from typing import Any

from conversations.buttons import Buttons
from conversations.screen import Screen


def message_of(buttons: Buttons, chat_id: str, screen: Screen, number: int | None) -> dict[str, Any]:
    """Return the text and the keyboard of a screen; `chat_id`: our own; `number`: of the screen, None for a notice."""
    keyboard = buttons.keyboard(chat_id, screen.rows, number)
    rows = [[{"text": label, "callback_data": data} for label, data in row] for row in keyboard]
    message: dict[str, Any] = {
        "text": screen.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    return message | {"reply_markup": {"inline_keyboard": rows}}

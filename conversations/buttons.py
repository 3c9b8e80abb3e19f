"""Buttons as Telegram carries them: `verb:args:screen:mac`, 64 bytes at most, signed for the person they are shown to.

A signature says that we made the button for this person. It is no permission.

A chat of years has screens of six digits: a button that fits today must fit then. So it is always measured as if it
stood on the last of them; ids are written shorter when they have to be, and what is too long even so is left out.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass

from conversations.screen import Button
from storage.keys.vault import Vault

# Bot API, InlineKeyboardButton.callback_data.
DATA_BYTES = 64
# In place of a screen number: a notice's button is never stale, it only shows what stands now.
NOTICE = "n"
# Bytes beside verb and arguments: three colons, a screen's number in a chat of years, and a mac.
LAST_SCREEN = 999_999
_AROUND = len(f"::{LAST_SCREEN}:") + 11
# Before arguments in which ids (32 hexadecimal digits) stand as 22 characters of base64url.
_SHORTENED = "~"
_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_SHORT_ID = re.compile(r"[A-Za-z0-9_-]{22}(?=/|$)")


def fits(verb: str, args: str) -> bool:
    """Tell whether a button fits into what Telegram carries, on whatever screen of a chat it stands."""
    return len(f"{verb}{args}".encode()) + _AROUND <= DATA_BYTES


def _shortened(args: str) -> str:
    short = _ID.sub(lambda id_: base64.urlsafe_b64encode(bytes.fromhex(id_[0])).decode().rstrip("="), args)
    return _SHORTENED + short


def _whole(args: str) -> str:
    if not args.startswith(_SHORTENED):
        return args
    return _SHORT_ID.sub(lambda id_: base64.urlsafe_b64decode(id_[0] + "==").hex(), args.removeprefix(_SHORTENED))


def carried(button: Button) -> str | None:
    """Return the arguments of a button as Telegram can carry them; None when they are too long however they stand."""
    if fits(button.verb, button.args) and not button.args.startswith(_SHORTENED):
        return button.args
    short = _shortened(button.args)
    return short if fits(button.verb, short) and _whole(short) == button.args else None


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that was tapped and that we made for this person."""

    verb: str
    args: str
    screen: int | None

    def is_of(self, screen: int) -> bool:
        """Tell whether it belongs to the current screen, or to a notice."""
        return self.screen is None or self.screen == screen


class Buttons:
    """Signs buttons and reads them back. `left_out` hears the verb of a button that no screen can have."""

    def __init__(self, vault: Vault, left_out: Callable[[str], None] | None = None) -> None:
        self._vault = vault
        self._left_out = left_out

    def data(self, person: str, button: Button, screen: int | None) -> str:
        """Return a button's callback data; raises ValueError when it is too long for Telegram."""
        args = carried(button)
        if args is None:
            raise ValueError(f"The button {button.verb} does not fit into {DATA_BYTES} bytes.")
        payload = f"{button.verb}:{args}:{NOTICE if screen is None else screen}"
        return f"{payload}:{self._vault.sign(person, payload)}"

    def read(self, person: str, data: str) -> Tap | None:
        """Return what was tapped, or None when the signature is not ours for this person."""
        payload, _, mac = data.rpartition(":")
        if not self._vault.signed(person, payload, mac):
            return None
        verb, _, rest = payload.partition(":")
        args, _, screen = rest.rpartition(":")
        return Tap(verb, _whole(args), None if screen == NOTICE else int(screen))

    def keyboard(self, person: str, rows: tuple[tuple[Button, ...], ...], screen: int | None) -> list[list[list[str]]]:
        """Return a keyboard as rows of [label, data], without what fits no button: the screen itself must stand."""
        fit = [[button for button in row if self._has_room(button)] for row in rows]
        return [[[button.label, self.data(person, button, screen)] for button in row] for row in fit if row]

    def _has_room(self, button: Button) -> bool:
        if carried(button) is not None:
            return True
        if self._left_out is not None:
            self._left_out(button.verb)
        return False

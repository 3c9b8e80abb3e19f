"""Buttons as Telegram carries them: `verb:args:screen:mac`, 64 bytes at most, signed for the person they are shown to.

A signature says that we made the button for this person. It is no permission.
"""

from __future__ import annotations

from dataclasses import dataclass

from conversations.turn import Button
from storage.vault import Vault

# Bot API, InlineKeyboardButton.callback_data.
DATA_BYTES = 64
# In place of a screen number: a notice's button is never stale, it only shows what stands now.
NOTICE = "n"


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
    """Signs buttons and reads them back."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def data(self, person: str, button: Button, screen: int | None) -> str:
        """Return a button's callback data; raises ValueError when it is too long for Telegram."""
        payload = f"{button.verb}:{button.args}:{NOTICE if screen is None else screen}"
        data = f"{payload}:{self._vault.sign(person, payload)}"
        if len(data.encode()) > DATA_BYTES:
            raise ValueError(f"The button {button.verb} does not fit into {DATA_BYTES} bytes.")
        return data

    def read(self, person: str, data: str) -> Tap | None:
        """Return what was tapped, or None when the signature is not ours for this person."""
        payload, _, mac = data.rpartition(":")
        if not self._vault.signed(person, payload, mac):
            return None
        verb, _, rest = payload.partition(":")
        args, _, screen = rest.rpartition(":")
        return Tap(verb, args, None if screen == NOTICE else int(screen))

    def keyboard(self, person: str, rows: tuple[tuple[Button, ...], ...], screen: int | None) -> list[list[list[str]]]:
        """Return a keyboard as rows of [label, data]."""
        return [[[button.label, self.data(person, button, screen)] for button in row] for row in rows]

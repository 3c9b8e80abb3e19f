"""The paper letter that lies beside a phone on the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """A letter with an invitation.

    `lines` are its paragraphs, `code` is the code to type that stands in it, `link_payload` is what its QR picture
    opens the chat with, and `hint` says to the visitor of the page what they can do with it.
    """

    title: str
    lines: tuple[str, ...]
    link_payload: str
    hint: str = ""
    code: str = ""

"""The invitation sheet of a member of the team, on paper: how to sign in, and how to come in. It never goes by chat."""

from __future__ import annotations

import html
from datetime import datetime
from typing import Any

from conversations.words.wording import Words


def _grouped(text: str) -> str:
    """Return a secret in groups of four, as it is typed."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def invitation_sheet(
    words: Words, name: str, secret: str, code: str, expires: datetime, pictures: tuple[str, str]
) -> dict[str, Any]:
    """Return what stands on the sheet, for the template `welcome`.

    `pictures`: QR codes as SVG, of the sign-in secret and of the link; without a link the code is typed.
    """
    opening = words.text("Point the camera of your telephone at it. Telegram opens; tap on Start. Or type this code:")
    if not pictures[1]:
        opening = words.text("Look the bot up in Telegram, tap on Start, and type this code:")
    about = words.text(
        "For {name}. This sheet works once, until {day}. Give it from hand to hand.",
        name=name,
        day=words.moment(expires),
    )
    app = words.text(
        "Open an app for one-time codes, such as the one that you use for your work. "
        "Point it at this picture. Or type this secret:"
    )
    signing_in = words.text("The bot asks for 6 digits. Your app shows them. You stay signed in for 8 hours.")
    return {
        "language": words.language,
        "title": words.text("Welcome to Voorzorg"),
        "about": html.unescape(about),
        "steps": [
            {"title": words.text("1. Your sign-in app"), "text": app, "qr": pictures[0], "typed": _grouped(secret)},
            {"title": words.text("2. Your invitation"), "text": opening, "qr": pictures[1], "typed": code},
            {"title": words.text("3. Sign in"), "text": signing_in, "qr": "", "typed": ""},
        ],
        "last": words.text("Are you in? Then destroy this sheet. Lost before that? Tell your coordinator today."),
    }

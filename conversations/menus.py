"""The menu of commands, each role its own. It shows; it permits nothing."""

from __future__ import annotations

from conversations.wording import Words


def menu(words: Words, role: str) -> list[dict[str, str]]:
    """Return the commands of a role's menu as Telegram's BotCommand objects."""
    entries = {
        "self_reporter": (
            ("vragen", words.text("Go on with the questions")),
            ("plan", words.text("My plan")),
            ("bericht", words.text("Write to my helper")),
            ("stop", words.text("Stop")),
        ),
        "worker": (
            ("vandaag", words.text("Who waits for me")),
            ("zaak", words.text("Open a case")),
            ("bericht", words.text("Answer somebody")),
        ),
    }.get(role, (("start", words.text("Begin")),))
    everybody = (("help", words.text("Help")),)
    return [{"command": name, "description": description} for name, description in (*entries, *everybody)]

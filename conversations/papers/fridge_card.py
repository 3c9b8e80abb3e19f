"""The card for the fridge: what somebody does, when, and whom to call. Nothing says what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from conversations.content.region import Contact
from conversations.words.reporting_day import day_of_letter
from conversations.words.wording import Words
from storage.case.case import Case


def card(
    words: Words, case: Case, lines: Iterable[tuple[str, date | None]], helper: str, team: Contact
) -> dict[str, Any]:
    """Return the data of the template `fridge_card`: `lines` are the person's own actions, as plain text, with days."""
    called_up = case.confirmed_date is not None and case.phase == "coming"
    return {
        "title": case.identity.first_name or words.text("My plan"),
        "language": words.language,
        "day": day_of_letter(words, case) if called_up else "",
        "actions": [{"text": text, "day": words.day(day) if day else ""} for text, day in lines],
        "take_title": words.text("Take with you"),
        "take": [
            words.text("the letter"),
            words.text("your passport, ID card or driving licence"),
            words.text("the list of your medicines"),
        ]
        if called_up
        else [],
        "helper": helper,
        "telephone": team.telephone,
        "days": team.days,
    }

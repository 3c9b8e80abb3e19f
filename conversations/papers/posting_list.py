"""The posting list beside a batch of letters: which sheet goes to whom, for who puts them into envelopes."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from conversations.words.letter_texts import breakable
from conversations.words.wording import Words
from storage.case.case import Case
from storage.scope import Scope


def caption_of(words: Words) -> str:
    """Return what stands below the file in a chat."""
    return words.text("📋 Which letter goes to whom. For you, not for the post.")


def posting_list(to: Sequence[Case], scope: Scope, words: Words, now: datetime) -> dict[str, Any]:
    """Return the data of the list for its template: a line a letter, in the order of the batch.

    A case of which no name is known, or whose name the reader may not see, has its reference and the number on the list
    by which whoever has the list finds them.
    """
    rows = [
        [
            str(number),
            case.ref,
            breakable(case.identity.number or "–"),
            (breakable(case.identity.name) if scope.may("names", case) else "") or "–",
            case.municipality,
        ]
        for number, case in enumerate(to, 1)
    ]
    return {
        "language": words.language,
        "title": words.text("Posting list"),
        "made": html.unescape(
            words.text(
                "{letters}, made on {moment}",
                letters=words.plural("{number} letter", "{number} letters", len(to)),
                moment=words.dated(now),
            )
        ),
        "headings": [
            words.text("Letter"),
            words.text("Reference"),
            words.text("Number on the list"),
            words.text("Name"),
            words.text("Municipality"),
        ],
        "rows": rows,
        "note": words.text(
            "The reference stands at the bottom of each letter. You look up the address. Destroy this list once the "
            "letters are posted."
        ),
    }

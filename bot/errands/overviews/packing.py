"""An overview as plain data and back: as the child process hands it over, and as it waits for a coordinator's yes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from bot.errands.overviews.reader import Overview
from bot.errands.overviews.row import Offer, OverviewRow, Rejection
from conversations.words.reasons import Reason

_DAYS = ("reporting_date", "listed_on")


def packed(overview: Overview) -> dict[str, Any]:
    """Return an overview as JSON takes it."""
    return {
        "rows": [_packed_row(row) for row in overview.rows],
        "rejected": [
            {
                "row": r.row,
                "reason": r.reason.packed(),
                "number": r.number,
                "cells": r.cells,
                "offers": [asdict(offer) for offer in r.offers],
                "meant": None if r.meant is None else _packed_row(r.meant),
                "elsewhere": r.elsewhere,
            }
            for r in overview.rejected
        ],
        "sheet": overview.sheet,
        "numbers": sorted(overview.numbers),
        "headings": overview.headings,
        "part": overview.part,
        "left_out": overview.left_out,
        "places": sorted(overview.places),
    }


def unpacked(said: dict[str, Any]) -> Overview:
    """Return the overview of `packed`."""
    return Overview(
        tuple(_row(row) for row in said["rows"]),
        tuple(
            Rejection(
                r["row"],
                Reason.unpacked(r["reason"]),
                r["number"],
                tuple(r["cells"]),
                tuple(Offer(**offer) for offer in r["offers"]),
                None if r["meant"] is None else _row(r["meant"]),
                r.get("elsewhere", False),
            )
            for r in said["rejected"]
        ),
        said["sheet"],
        frozenset(said["numbers"]),
        tuple(said["headings"]),
        said["part"],
        tuple(said.get("left_out", ())),
        # A draft of a program before knows none: nobody is missing from it then.
        frozenset(said.get("places", ())),
    )


def _packed_row(row: OverviewRow) -> dict[str, Any]:
    plain = asdict(row)
    return plain | {name: plain[name] and plain[name].isoformat() for name in _DAYS}


def _row(said: dict[str, Any]) -> OverviewRow:
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in _DAYS}
    return OverviewRow(**(said | days))

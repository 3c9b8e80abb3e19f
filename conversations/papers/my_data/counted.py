"""Counted facts: what the figures count, without a name; and the trail: who did what, and when."""

from __future__ import annotations

from typing import Any

from conversations.figures.monitoring_format import columns
from conversations.papers.my_data.columns import LEFT_OUT
from conversations.papers.my_data.page import Line, Page, Section, line, own
from storage.clock import wall

# Facts that are numbers; others are yes or no, or words.
_NUMBERS = ("actions_due", "actions_in_time", "head_start")


def sections(page: Page) -> list[Section]:
    """Return these parts."""
    text = page.turn.text
    return [
        (text("What counts in the figures, without your name"), _counted(page)),
        (text("Who looked and who did something"), _trail(page)),
    ]


def _value(page: Page, name: str, value: Any) -> str:
    text = page.turn.text
    if name == "month":
        return page.turn.words.month(value)
    if name not in _NUMBERS and value in (0, 1):
        return page.yes_no(bool(value))
    return {
        "self_report": text("going by yourself"),
        "weeks": text("at most 3 weeks"),
        "months": text("at most 3 months"),
        "longer": text("longer than 3 months"),
        "unknown": text("not known"),
        "letter": text("letter"),
        "phone": text("telephone"),
        "visit": text("visit"),
        "care": text("through other help"),
        "chat": text("chat"),
        "reported": text("you were there"),
        "absent": text("you were not there"),
        "arrested": text("the police fetched you"),
    }.get(str(value), str(value))


def _counted(page: Page) -> list[Line]:
    if page.kept.counted is None:
        return []
    text = page.turn.text
    heads = {column.key: column.heading for column in columns(page.turn.words)}
    # What the format calls otherwise than the person would.
    heads |= {
        "month": text("Month of the first list"),
        "track": text("How you go"),
        "called_up": text("Your day has come"),
        "head_start": text("Days from your plan to your day"),
        "handed_over": text("The prison reads a part"),
        "returned": text("Free again"),
        "aftercare": text("Contact since you are free"),
    }
    said = [
        f"{heads[name]}: {_value(page, name, value)}"
        for name, value in page.kept.counted.items()
        if value is not None and f"monitoring.{name}" not in LEFT_OUT
    ]
    return [line(text("Your row among the figures"), *said)]


def _trail(page: Page) -> list[Line]:
    text = page.turn.text
    verbs = {
        **dict.fromkeys(("open", "decide", "items"), text("looked at your data")),
        **dict.fromkeys(("change", "confirm"), text("looked and changed something")),
        "index": text("saw you in a list"),
        "names": text("saw your name in a list"),
        "message": text("looked and wrote to you"),
        "share": text("let the coordinator look along"),
        "invite": text("made a code for this chat"),
        "letters": text("made a letter for you"),
        "assign": text("gave you a helper"),
        "take": text("took your case"),
        "add": text("added your case"),
        "erase": text("erased"),
        "bind": text("came in with a phone"),
        "new_phone": text("wanted to come in with another phone"),
        "call_me": text("asked for a call on that phone"),
        "new_phone_yes": text("said that the other phone is yours"),
        "new_phone_no": text("said that the other phone is not yours"),
        "vouch": text("looked at the other phone"),
        "export": text("made figures, without your name"),
        "research": text("made an extract for research, without your name"),
        "add_known": text("wanted to add you once more"),
        "denied": text("was not allowed to look"),
        "forged": text("a button that is not ours"),
    }
    origins = {"chat": text("in the chat"), "cli": text("at the computer")}
    # One line for what one person did on one day, with each time.
    times: dict[tuple[str, ...], list[str]] = {}
    for one in page.kept.trail:
        local = wall(one.at, page.turn.content.zone)
        actor = text("You") if one.actor == page.case.id else page.who(one.actor)
        if one.verb in ("new_phone", "call_me"):
            actor = text("Somebody with your code and your year of birth")
        refused = text("it was refused") if one.result == "denied" else ""
        did = (
            page.day(local.date()),
            actor,
            verbs.get(one.verb, one.verb),
            origins.get(one.origin, one.origin),
            refused,
        )
        times.setdefault(did, []).append(page.turn.words.time(local.time()))
    return [line(did[0], own(did[1]), *did[2:], ", ".join(dict.fromkeys(at))) for did, at in times.items()]

"""What somebody gets who asks for their data is whole: each column is in it, or stands in one list with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from conversations.papers.my_data.columns import LEFT_OUT
from conversations.papers.my_data.page import Page
from conversations.rules.checklist_rules import Situation
from conversations.self_reporter.rights.my_data import composed
from conversations.turn import Turn
from storage.case.case_parts import Answer, Event, Identity, Preferences
from storage.case.case_rows import PARTS
from storage.coordination.bottlenecks import Bottleneck
from storage.figures.monitoring import FACTS
from storage.people.kept import Invited, Kept, Trace, Waiting
from storage.schema import Instant, metadata
from tests.counted import COUNTED
from tests.house import House
from tests.talk.test_proof_screens import Stage, a_stage
from tests.talk.walks import FAR, Route

# A field of a sealed column, by the column.
SEALED = {
    **{f"{part.table.name}.content": part.sealed for part in PARTS if part.sealed},
    "cases.identity": tuple(f.name for f in fields(Identity)),
    "cases.record": (
        *("answer", "answer_at", "answer_by", "shares_phone", "listed"),
        *(f.name for f in fields(Preferences)),
    ),
    "chat.address": ("telegram_id",),
    "chat.place": ("place", "busy_until"),
    "bottleneck.content": ("text",),
    "bottleneck.theme": ("theme",),
    "outbox.payload": ("text",),
    "inbox.payload": ("payload",),
}
# Values of fields that hold one of a few words; others are changed by their kind.
OTHERS: dict[str, Any] = {
    "cases.phase": "held",
    "cases.date_confirmed_by": "worker",
    "event.what": "postponed",
    "event.by": "worker",
    "cases.language": "en",
    "chat.language": "en",
    "audit.result": "denied",
    "due.reason": "no chat",
    "due.state": "sent",
    "pending.reason": "no_contact",
}


def shown_fields() -> Iterator[str]:
    """Yield every field that is kept, as table.column or table.field, and is not left out."""
    for table in metadata.sorted_tables:
        if f"{table.name}.*" in LEFT_OUT:
            continue
        for column in table.columns:
            key = f"{table.name}.{column.name}"
            for field in SEALED.get(key, (column.name,)):
                if f"{table.name}.{field}" not in LEFT_OUT and key not in LEFT_OUT:
                    yield f"{table.name}.{field}"


def full(stage: Stage) -> Page:
    """Return somebody about whom there is one of everything."""
    turn = stage.turn(Route("money", Situation(FAR, own_phone=True)), {}, {"kind": "my_data"}, "nl")
    case, now, zone, today = turn.case, turn.now, turn.content.zone, turn.today
    assert case is not None
    me, other = stage.member.id, "0" * 32
    case.identity = Identity("Samira", "Kloosterboer", 1999, "Z27000")
    case.answers["letter"] = Answer("dated", now, "worker")
    case.listed = {"prison": "PI Veenhuizen", "known_to_care": True}
    case.person.prefer(
        hour=time(14),
        quiet_from=time(20),
        quiet_until=time(9),
        paused_until=today,
        pin="aa:bb:0:0",
        next_domain="money",
        next_on=today,
    )
    case.outcome, case.closed_reason = "postponed", "moved"
    for column in metadata.tables["cases"].columns:
        if getattr(case, column.name, 0) is None:
            kind = column.type
            value: Any = now if isinstance(kind, Instant) else today if kind.python_type is date else None
            setattr(case, column.name, value if value is not None else 3 if kind.python_type is int else None)
    case.known_to_care, case.prison, case.pressing, case.list_withdrew = True, "PI Veenhuizen", 2, True
    proposal = turn.content.checklist.proposals[0]
    action = case.plan.propose(proposal.domain, "casemanager", "before", "Own words about it", today, None, by="worker")
    case.plan.agree(action, today, together=True)
    action.partner, action.settled_on, action.rank, action.not_yet = "bank", today, 1, 2
    case.shares.let_prison_read(action, True, now, "2026-11")
    case.consents.pop(0)
    shared = case.consents[0]
    shared.confirmed_at, shared.declined_at, shared.ended, shared.told_at = now, now, "moved", now
    flag = case.signals.raise_flag("own_flag", "money", "high", "A reason", now)
    case.signals.overrule(flag, "Why not", now, me)
    case.signals.lower_flag(flag, now)
    case.reach.contacted("letter", "out", now)
    case.thread.write("self_reporter", "Own words to them", now, "reach")
    case.thread.read("self_reporter", now)
    case.thread.answered(now)
    case.helpers.note("A note", me, now)
    case.helpers.hear_wish(case.helpers.weigh("housing_costs", "not_used", "policy", me, now), "yes")
    asked = case.helpers.ask_decision("housing_costs", me, me, today, "May this be?", now)
    case.helpers.decide(asked, "yes", "Because it helps", now)
    case.helpers.hand_over(me, "A summary", now)
    case.handovers[0].from_, case.handovers[0].seen_at = me, now
    case.helpers.carry_out(case.helpers.resolve("Go and see", me, today, me, now), now)
    case.helpers.go_to_the_limit("Called the landlord", "He said no", me, now)
    case.person.tell("helped", "plan", "The plan did", now)
    case.events = [Event("e", 0, "reported", None, today, "self", now)]
    row = case.schedule.remind("action_day", today, time(10), zone, action)
    case.schedule.mark_opened(row, now)
    case.schedule.end(row, "handed_to_worker", "another date")
    case.schedule.deal_with(row, "done", now)
    case.waiting = {"urgent_flag": now}
    turn.chat.blocked_at = now
    in_words = ("municipality", "province", "prison", "track", "sentence", "how", "outcome")
    counted: dict[str, Any] = {name: "a word" if name in in_words else 1 for name in FACTS}
    counted |= {"month": today, "measures": ""}
    told = Bottleneck("b", "bottleneck", case.id, "Groningen", me, now, "It takes long", "open", me, "A theme")
    kept = Kept(
        {me: "Anneke", other: "Bram"},
        [Trace(now, me, "chat", "open", case.ref, "done")],
        [Invited(now, now, now, now, 1)],
        [Waiting("notice", now, now, "A text")],
        [now],
        [told],
        counted,
    )
    case.worker = me
    return Page(turn, case, kept)


def another(value: Any, key: str) -> Any:
    """Return another value of the same kind."""
    if key in OTHERS:
        return OTHERS[key]
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case datetime():
            return value + timedelta(days=40)
        case date():
            return value + timedelta(days=40)
        case time():
            return time(value.hour - 1)
        case list():
            return [*value, "another"]
        case dict():
            return value | {"prison": "another"}
        case _:
            return f"another {value}"


def change(page: Page, key: str) -> Page:
    """Return the page with one field changed."""
    table, _, name = key.partition(".")
    case, chat, kept = page.case, page.turn.chat, page.kept

    def alter(thing: Any, attribute: str) -> None:
        setattr(thing, attribute, another(getattr(thing, attribute), key))

    for part in PARTS:
        if part.table.name == table:
            alter(getattr(case, part.attribute)[0], part.plain.get(name, name))
            return page
    match table:
        case "cases" if name in SEALED["cases.identity"]:
            alter(case.identity, name)
        case "cases" if name in {f.name for f in fields(Preferences)}:
            case.preferences = replace(case.preferences, **{name: None if name == "pin" else another_wish(case, name)})
        case "cases" if name.startswith("answer"):
            answer, field = case.answers["letter"], {"answer": "value", "answer_at": "at", "answer_by": "by"}[name]
            said = "self_reporter" if field == "by" else another(getattr(answer, field), key)
            case.answers["letter"] = replace(answer, **{field: said})
        case "cases":
            alter(case, name)
        case "pending":
            since = case.waiting.pop("urgent_flag")
            case.waiting[another("", key) if name == "reason" else "urgent_flag"] = another(since, "since")
        case "chat":
            alter(chat, name)
        case "bottleneck":
            alter(kept.bottlenecks[0], name)
        case "invitation":
            kept.invitations[0] = altered(kept.invitations[0], name, key)
        case "outbox":
            kept.waiting[0] = altered(kept.waiting[0], name, key)
        case "audit":
            kept.trail[0] = altered(kept.trail[0], name, key)
        case "inbox":
            kept.parked[0] = another(kept.parked[0], key)
        case "monitoring":
            assert kept.counted is not None
            kept.counted[name] = 0 if kept.counted[name] == 1 else another(kept.counted[name], key)
        case _:
            raise AssertionError(f"{table} is a new table: show what it keeps about somebody, or say why not")
    return page


def another_wish(case: Any, name: str) -> Any:
    return "another" if name == "next_domain" else another(getattr(case.preferences, name), name)


def altered(thing: Any, name: str, key: str) -> Any:
    return replace(thing, **{name: another(getattr(thing, name), key)})


async def test_every_field_that_is_kept_stands_in_the_document_or_in_the_list_of_reasons(
    house: House, record_property: Callable[[str, object], None]
) -> None:
    async with a_stage(house) as stage:
        before = composed(full(stage))
        assert before == composed(full(stage))
        everything = list(shown_fields())
        silent = [key for key in everything if composed(change(full(stage), key)) == before]
    record_property(
        COUNTED, f"{len(everything)} fields stand in the document; {len(LEFT_OUT)} lines say what is left out"
    )
    assert silent == []


async def test_it_is_written_in_words_and_not_in_codes(house: House) -> None:
    async with a_stage(house) as stage:
        for language in ("nl", "en"):
            page = full(stage)
            turn: Turn = page.turn
            turn.speak(language)
            said = json.dumps(composed(page), ensure_ascii=False)
            assert not re.findall(r"\b[a-z]+_[a-z_]+\b", said.replace("my_data", ""))
            assert "<" not in said
            assert "{" not in "".join(line["text"] for s in composed(page)["sections"] for line in s["lines"])


def test_what_is_left_out_exists_and_says_why() -> None:
    known = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}
    known |= {f"{table.name}.*" for table in metadata.sorted_tables}
    known |= {f"{column.partition('.')[0]}.{name}" for column, names in SEALED.items() for name in names}
    assert set(LEFT_OUT) <= known, set(LEFT_OUT) - known
    assert all(len(reason) > 15 for reason in LEFT_OUT.values())


def test_every_sealed_column_is_known_field_by_field() -> None:
    """A new personal or special column is noticed here, whatever it holds."""
    sealed = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.info["label"] in ("personal", "special") and f"{table.name}.*" not in LEFT_OUT
    }
    assert sealed == set(SEALED)

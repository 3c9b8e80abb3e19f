"""All that is kept about somebody, as a document for them (GDPR, article 15): whole, in their words, when they ask."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import date, datetime

from conversations.checklist.parts import UNKNOWN, UNSAID
from conversations.roles import self_reporter
from conversations.said import words_of as message_of
from conversations.self_reporter import viewed
from conversations.self_reporter.deeds import words_of
from conversations.self_reporter.onward import onward
from conversations.self_reporter.phrases import contact, helper, number, screen
from conversations.turn import Button, Document, Screen, Turn
from storage.case import Case
from storage.parts import Answer, Consent, Flag, Message, Reminder

Lines = list[dict[str, str]]


@self_reporter.command("mijngegevens", "mydata")
async def wanted(turn: Turn, _args: str) -> None:
    """Ask first: it comes as a file that everybody with the phone can open."""
    turn.go("my_data")


@self_reporter.tap("my_data")
async def to_it(turn: Turn, _args: str) -> None:
    """The same from a menu."""
    turn.go("my_data")


@self_reporter.screen("my_data")
async def ask(turn: Turn) -> Screen:
    """Say what comes, and who can open it."""
    text = turn.text(
        "📄 I make a file with everything that I keep about you.\n\n"
        "It comes in this chat. Who has your phone can open it. Telegram has a copy too.\n\n"
        "Would you rather have it on paper? Call {number}",
        number=number(turn),
    )
    return screen(
        turn,
        text,
        (Button(turn.text("📄 Yes, send it"), "my_data_send"),),
        (Button(turn.text("⬅️ No, go on"), "onward"),),
    )


@self_reporter.tap("my_data_send")
async def send(turn: Turn, _args: str) -> None:
    """Have it made: it comes by itself, under a neutral name."""
    case = turn.case
    assert case is not None
    data = {
        "title": _plain(turn.text("What Voorzorg keeps about you")),
        "language": turn.words.language,
        "intro": _plain(turn.text("Made on {day} for you alone.", day=turn.words.full_date(turn.today))),
        "sections": [
            {"title": title, "lines": lines} for title, lines in [*_kept(turn, case), *await _seen(turn)] if lines
        ],
        "end": _plain(
            turn.text(
                "Is something wrong, or do you want it erased? Call {number}. Or type /erase in the chat.",
                number=number(turn),
            )
        ),
    }
    turn.documents.append(Document("my_data", data, "overzicht.pdf", turn.text("📄 Here it is.")))
    turn.toast = turn.text("It comes in a moment.")
    await onward(turn)


def _plain(text: str) -> str:
    return html.unescape(text)


def _line(head: str, text: str) -> dict[str, str]:
    return {"head": _plain(head), "text": _plain(text)}


def _moments(turn: Turn, rows: Iterable[tuple[datetime, str]]) -> Lines:
    return [_line(turn.words.moment(at), text) for at, text in rows]


def _day(turn: Turn, day: date | None) -> str:
    return turn.words.full_date(day) if day else "–"


def answer_of(turn: Turn, question_id: str, answer: Answer) -> str:
    """Return an answer in the reader's words."""
    question = turn.content.checklist.question(question_id)
    values = [answer.value] if isinstance(answer.value, str) else answer.value
    fixed = {UNKNOWN: turn.text("🤷 I do not know"), UNSAID: turn.text("🤐 I would rather not say")}
    said = []
    for value in values:
        option = question.option(value) if question else None
        domain = next((d for d in turn.content.checklist.domains if d.id == value), None)
        if option is not None:
            said.append(turn.words.content(question_id, option.label))
        elif value in fixed:
            said.append(fixed[value])
        elif question is not None and question.kind == "wish" and domain is not None:
            said.append(turn.words.content(domain.id, domain.name))
        elif question is not None and question.kind == "date":
            said.append(turn.words.full_date(date.fromisoformat(value)))
        else:
            said.append(value)
    return ", ".join(said)


def _asked(turn: Turn, question_id: str) -> str:
    question = turn.content.checklist.question(question_id)
    return turn.words.content(question_id, question.text).replace("{example}", "…") if question else question_id


def _kept(turn: Turn, case: Case) -> list[tuple[str, Lines]]:
    """Return everything of the case, a section each; levels of worry are the helper's weighing of these answers."""
    who, text = case.identity, turn.text
    you = [
        _line(text("Name"), who.name or "–"),
        _line(text("Year of birth"), str(who.birth_year or "–")),
        _line(text("Number of the list"), who.number or "–"),
        _line(text("Reference"), case.ref),
        _line(text("Municipality"), case.municipality),
        _line(text("Prison"), case.prison or "–"),
        _line(text("Reporting day"), _day(turn, case.reporting_date)),
        _line(text("Day of release"), _day(turn, case.release_date)),
        _line(text("Days of the sentence"), str(case.sentence_days or "–")),
        _line(text("Helper"), f"{helper(turn)} · {contact(turn).team}"),
    ]
    states = {
        "proposed": text("proposed"),
        "agreed": text("agreed"),
        "done": text("done"),
        "declined": text("you said no"),
        "dropped": text("no longer needed"),
    }
    ways = {"in": text("from you"), "out": text("to you")}
    kinds = {
        "letter": text("letter"),
        "phone": text("telephone"),
        "visit": text("visit"),
        "care": text("through other help"),
        "chat": text("chat"),
    }
    return [
        (text("About you"), you),
        (text("Your answers"), [_line(_asked(turn, q), answer_of(turn, q, a)) for q, a in case.answers.items()]),
        (
            text("Your plan"),
            [_line(f"{states.get(a.status, a.status)} · {_day(turn, a.due)}", words_of(turn, a)) for a in case.actions],
        ),
        (text("Signs for your helper"), _moments(turn, ((f.since, _sign(turn, f)) for f in case.flags))),
        (text("Messages and calls for help"), _moments(turn, ((m.at, _message(turn, case, m)) for m in case.messages))),
        (text("Notes of your helper"), _moments(turn, ((n.at, n.text) for n in case.notes))),
        (
            text("Help that was weighed for you"),
            _moments(turn, ((m.at, f"{_measure(turn, m.code)} {m.reason or ''}") for m in case.measures)),
        ),
        (
            text("Questions to colleagues"),
            _moments(turn, ((d.asked_at, f"{d.question} {d.explanation or ''}") for d in case.decisions)),
        ),
        (text("Given to another helper"), _moments(turn, ((h.at, h.summary) for h in case.handovers))),
        (
            text("Contact"),
            _moments(
                turn, ((c.on, f"{kinds.get(c.kind, c.kind)}, {ways.get(c.direction, '')}") for c in case.contacts)
            ),
        ),
        (text("Your yes and no"), _moments(turn, ((c.at, _consent(turn, c)) for c in case.consents))),
        (text("Reminders"), _moments(turn, ((r.due_at, _reminder(turn, r)) for r in case.reminders))),
        (text("How you want it"), _wishes(turn, case)),
    ]


def _sign(turn: Turn, flag: Flag) -> str:
    known = turn.content.checklist.flag_rule(flag.flag) is not None
    return turn.words.content(flag.flag, flag.reason) if known else flag.reason


def _message(turn: Turn, case: Case, message: Message) -> str:
    who = turn.text("You") if message.sender == "self_reporter" else helper(turn)
    said = message_of(turn, case, message) or turn.text("a sign without words")
    return f"{who}: {said}"


def _consent(turn: Turn, consent: Consent) -> str:
    about = {"channel": turn.text("this chat"), "health": turn.text("questions about health")}
    shared = turn.text("sharing a part of your plan")
    said = turn.text("yes") if consent.given else turn.text("no")
    return f"{about.get(consent.to, shared)}: {said}"


def _reminder(turn: Turn, row: Reminder) -> str:
    match row.state:
        case "planned" | "leaving":
            return turn.text("will come")
        case "sent":
            return turn.text("was sent")
        case _:
            return turn.text("was not sent")


def _wishes(turn: Turn, case: Case) -> Lines:
    wishes = case.preferences
    shared = "–" if case.shares_phone is None else turn.text("yes") if case.shares_phone else turn.text("no")
    lines = [_line(turn.text("Language"), turn.words.language), _line(turn.text("Others use the phone"), shared)]
    if wishes.hour is not None:
        lines.append(_line(turn.text("Hour of messages"), turn.words.time(wishes.hour)))
    if wishes.quiet_from is not None and wishes.quiet_until is not None:
        quiet = f"{turn.words.time(wishes.quiet_from)} – {turn.words.time(wishes.quiet_until)}"
        lines.append(_line(turn.text("Quiet hours"), quiet))
    if wishes.paused_until is not None:
        lines.append(_line(turn.text("Rest until"), _day(turn, wishes.paused_until)))
    if wishes.next_on is not None:
        lines.append(_line(turn.text("Next time"), _day(turn, wishes.next_on)))
    if wishes.pin is not None:
        lines.append(_line(turn.text("PIN"), turn.text("kept as a scrambled number")))
    return lines


def _measure(turn: Turn, code: str) -> str:
    rule = turn.content.measures.measure(code)
    return turn.words.content(rule.id, rule.name) if rule else code


async def _seen(turn: Turn) -> list[tuple[str, Lines]]:
    return [(turn.text("Who looked"), [_line("", line) for line in await viewed.lines(turn)])]

"""An overview of all that somebody answered, by domain: each answer can be changed at any time."""

from __future__ import annotations

from conversations.papers.my_data.plan import answer_of
from conversations.roles import self_reporter
from conversations.rules import checklist_rules
from conversations.screen import Button, Screen
from conversations.self_reporter.phrases import screen
from conversations.self_reporter.script import Script, text
from conversations.turn import Turn

OVERVIEW = Script("screen.overview", text("🗂 Your answers. Tap on a part."))


@self_reporter.screen("overview")
async def overview(turn: Turn) -> Screen:
    """Show the domains, each with how many of its questions have an answer."""
    case, checklist = turn.case, turn.content.checklist
    standing = checklist_rules.standing(checklist, case.answers, checklist_rules.situation_of(case, turn.today))
    rows = []
    for domain in checklist.domains:
        if stands := standing.get(domain.id):
            name = f"{domain.symbol} {turn.words.content(domain.id, domain.name)}"
            rows.append((Button(f"{name} · {stands.answered}/{stands.total}", "domain", domain.id),))
    rows.append((Button(turn.text("⬅️ Back"), "menu"),))
    return screen(turn, OVERVIEW.said(turn), *rows, spoken=(OVERVIEW.id,))


@self_reporter.tap("overview")
async def to_overview(turn: Turn, _args: str) -> None:
    """Show the domains."""
    turn.go("overview")


@self_reporter.screen("domain")
async def domain_answers(turn: Turn) -> Screen:
    """Show the questions of a domain with their answers; a number asks one again."""
    case, checklist = turn.case, turn.content.checklist
    situation = checklist_rules.situation_of(case, turn.today)
    applies = {q.id for q in checklist_rules.applicable(checklist, case.answers, situation)}
    applies |= checklist_rules.counting(
        checklist, case.answers
    ).keys()  # what was said before the gate can be read after it
    asked = [q for q in checklist.questions if q.id in applies and q.domain == turn.place["id"]]
    lines = []
    for n, question in enumerate(asked, start=1):
        said = answer_of(turn, question.id, case.answers[question.id]) if question.id in case.answers else "–"
        lines_of_it = turn.words.content(question.id, question.text, example="…").split("\n")
        asked_in = next((line for line in reversed(lines_of_it) if "?" in line), f"{lines_of_it[-1]}?")
        label = f"{asked_in.partition('?')[0]}?"
        lines.append(f"{n}. {label}\n➡️ {said}")
    buttons = [Button(str(n), "question", q.id) for n, q in enumerate(asked, start=1)]
    rows = [tuple(buttons[at : at + 5]) for at in range(0, len(buttons), 5)]
    return screen(turn, "\n\n".join(lines), *rows, (Button(turn.text("⬅️ Back"), "overview"),))


@self_reporter.tap("domain")
async def to_domain(turn: Turn, args: str) -> None:
    """Show one domain."""
    turn.go("domain", id=args)

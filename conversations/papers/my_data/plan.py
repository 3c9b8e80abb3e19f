"""The plan and the answers before it: what, when, who does it, and who may read it."""

from __future__ import annotations

from datetime import date

from conversations.content.checklist.parts import UNKNOWN, UNSAID
from conversations.papers.my_data.page import Line, Page, Section, line
from conversations.self_reporter.plan.plan_words import words_of
from conversations.turn import Turn
from conversations.words.share_sign import share_sign
from storage.case.case_parts import Action, Answer


def sections(page: Page) -> list[Section]:
    """Return these parts."""
    text, case = page.turn.text, page.case
    plan = [_action(page, action) for action in case.actions]
    days = ((text("Your plan begins"), case.first_action_on), (text("You agreed to a plan"), case.plan_agreed_on))
    plan += [line(head, page.day(day)) for head, day in days if day is not None]
    return [
        (text("Your answers"), [_answer(page, question, answer) for question, answer in case.answers.items()]),
        (text("Your plan"), plan),
    ]


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
        elif question is not None and question.kind == "date" and value not in fixed:
            said.append(turn.words.full_date(date.fromisoformat(value)))
        elif value in fixed:
            said.append(fixed[value])
        elif question is not None and question.kind == "wish" and domain is not None:
            said.append(turn.words.content(domain.id, domain.name))
        else:
            said.append(value)
    return ", ".join(said)


def _answer(page: Page, question_id: str, answer: Answer) -> Line:
    turn, text = page.turn, page.turn.text
    question = turn.content.checklist.question(question_id)
    own = {
        "report_at": text("The time in your letter"),
        "leave_at": text("When you leave home"),
        "at_home": text("You said that you are home"),
    }
    asked = own.get(question_id)
    if question is not None:  # what comes before the question itself, and an example, stay out
        said = turn.words.content(question_id, question.text, example="…").split("\n")[-1]
        asked = said if question.kind != "date" else said.partition(".")[0].partition("?")[0] + "?"
    by = text("your helper wrote it down") if answer.by == "worker" else None
    return line(asked or question_id, answer_of(turn, question_id, answer), page.moment(answer.at), by)


def _action(page: Page, action: Action) -> Line:
    text = page.turn.text
    states = {
        "proposed": text("proposed"),
        "agreed": text("agreed"),
        "done": text("done"),
        "declined": text("you said no"),
        "dropped": text("no longer needed"),
    }
    owners = {
        "self": text("you do it"),
        "worker": text("your helper does it"),
        "casemanager": share_sign(page.turn.words, page.case, action).partition(" ")[2],
        "supporter": text("somebody close to you does it"),
        "other": text("somebody else does it"),
    }
    parts = {
        "before": text("before your day"),
        "inside": text("while you are inside"),
        "after": text("when you are free"),
    }
    return line(
        words_of(page.turn, action),
        states.get(action.status, action.status),
        page.domain(action.domain),
        parts.get(action.when, action.when),
        owners.get(action.owner, action.owner),
        text("together with your helper") if action.together else None,
        text("with: {partner}", partner=partner(page.turn, action.partner)) if action.partner else None,
        text("your helper thought of it") if action.by == "worker" else None,
        text("by {day}", day=page.day(action.due)) if action.due else None,
        text("you chose the day") if action.own_day else None,
        text("you put it first ({number})", number=action.rank) if action.rank else None,
        text("not yet: {times} times", times=action.not_yet) if action.not_yet else None,
        text("ended on {day}", day=page.day(action.settled_on)) if action.settled_on else None,
        text("the prison never reads it") if action.private else None,
    )


def partner(turn: Turn, name: str) -> str:
    """Return with whom something is arranged."""
    text = turn.text
    return {
        "municipality": text("the municipality"),
        "income": text("the municipality, for income"),
        "debts": text("the municipality, for debts"),
        "lawyer": text("a lawyer"),
        "landlord": text("the landlord"),
        "energy": text("the energy company"),
        "bank": text("the bank"),
        "immigration": text("the IND"),
        "taxes": text("the tax service"),
        "fines": text("the CJIB"),
        "employer": text("your work"),
        "school": text("your school"),
        "uwv": text("the UWV"),
        "doctor": text("a doctor"),
        "midwife": text("a midwife"),
        "insurer": text("the insurer"),
        "prison": text("the prison"),
        "close": text("somebody close to you"),
    }.get(name, name)

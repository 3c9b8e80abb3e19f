"""The questions of the checklist, one a screen: asked, explained, answered, and changed again."""

from __future__ import annotations

from datetime import date, time

from conversations.content.checklist.questions import Question
from conversations.reminders.follow_dates import letter_says, told_themselves
from conversations.roles import self_reporter
from conversations.rules import checklist_rules
from conversations.screen import Button, Screen
from conversations.self_reporter.day.hour_in_letter import keep_hour
from conversations.self_reporter.phrases import CONFIRM_DATE, EXAMPLE, helper, human, number, screen
from conversations.self_reporter.questions import question_script, several, still_so
from conversations.self_reporter.questions.day_stands import after_letter
from conversations.self_reporter.questions.still_needed import keep_answer
from conversations.self_reporter.script import worded
from conversations.shared.signals import settle
from conversations.turn import Turn
from conversations.words.appointments import read_appointment
from conversations.words.dates import NoSuchDayError, NotADateError
from conversations.words.reporting_day import day_and_hour

# Answers on one page, when there are more than one over (design.md, decision 13).
PAGE = 4


def _question(turn: Turn) -> Question:
    found = turn.content.checklist.question(turn.place["id"])
    if found is None:  # the checklist was replaced while the question stood on the screen
        found = turn.content.checklist.questions[0]
    return found


def _asked(turn: Turn, question: Question) -> str:
    values = {"example": turn.words.full_date(EXAMPLE)} if question.kind == "date" else {}
    return turn.words.content(question.id, question.text, **values)


def wishes(turn: Turn, question: Question) -> list[tuple[str, str]]:
    """Return what can be wished for, as (option, label): the domains that are offered, and the question's own."""
    offered = [(d.id, f"{d.symbol} {turn.words.content(d.id, d.name)}") for d in turn.content.checklist.wishes]
    return offered + [(o.id, f"{o.symbol} {turn.words.content(question.id, o.label)}") for o in question.options]


def _several(turn: Turn, question: Question) -> list[tuple[Button, ...]]:
    now = several.picked(turn, question, turn.case.answers.get(question.id))
    found = several.rows(turn, question, now, "pick", question.id)
    if now:
        return [*found, (Button(turn.text("✅ That is all"), "picked", question.id),)]
    alone = [o for o in question.options if o.alone]
    return found + [
        (Button(f"{o.symbol} {turn.words.content(question.id, o.label)}", "answer", f"{question.id}/{o.id}"),)
        for o in alone
    ]


def _known_day(turn: Turn, question: Question) -> list[tuple[Button, ...]]:
    """Return a button for the day that stands: a second letter often has the same one."""
    day = turn.case.confirmed_date if turn.has_case else None
    if question.means != "reporting_date" or day is None or day < turn.today:
        return []
    label = turn.text("📅 Still {day}", day=turn.words.day(day))
    return [(Button(label, "date", f"{question.id}/{day.isoformat()}"),)]


def _options(turn: Turn, question: Question) -> list[tuple[Button, ...]]:
    if question.kind == "wish":
        said = wishes(turn, question)
        buttons = [Button(label, "answer", f"{question.id}/{option}") for option, label in said]
        return [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if question.kind == "several":
        return _several(turn, question)
    if question.kind == "date":
        return _known_day(turn, question)
    page = turn.place.get("page", 0) if len(question.options) > PAGE + 1 else 0
    shown = question.options[page * PAGE : (page + 1) * PAGE] if len(question.options) > PAGE + 1 else question.options
    rows: list[tuple[Button, ...]] = [
        (Button(f"{o.symbol} {turn.words.content(question.id, o.label)}", "answer", f"{question.id}/{o.id}"),)
        for o in shown
    ]
    if len(shown) < len(question.options):
        other = (page + 1) % -(-len(question.options) // PAGE)
        rows.append((Button(turn.text("➡️ More answers"), "page", f"{question.id}/{other}"),))
    return rows


@self_reporter.screen("question")
async def asked(turn: Turn) -> Screen:
    """Ask one question, with its answers and the ways around it."""
    case, checklist = turn.case, turn.content.checklist
    question, situation = _question(turn), checklist_rules.situation_of(case, turn.today)
    lines, spoken = [_asked(turn, question)], [question.id]
    if question.kind != "wish":
        applies = checklist_rules.applicable(checklist, case.answers, situation)
        ids = [q.id for q in applies if q.domain == question.domain and q.kind != "wish"]
        domain = checklist.domain(question.domain)
        if domain.intro and not any(asked in case.answers for asked in ids):
            lines.insert(0, f"{domain.symbol} {turn.words.content(domain.id, domain.intro)}")
            spoken.insert(0, f"domain.{domain.id}")
        if again := still_so.lines(turn, question):
            lines += again
        elif question.id in ids:
            lines.append(turn.text("question {number} of {total}", number=ids.index(question.id) + 1, total=len(ids)))
    rows = [*still_so.rows(turn, question), *_options(turn, question)]
    rows.append(tuple(choice.button(turn, question.id) for choice in question_script.UNANSWERED))
    around = [*still_so.skip(turn, question)]
    if _before(turn, question, situation):
        around.append(Button(turn.text("⬅️ Back"), "back", question.id))
    if question.help:
        around.append(Button(turn.text("❓ Explain"), "explain", question.id))
    rows += [tuple(around)] if around else []
    rows.append((human(turn),))
    return Screen("\n\n".join(lines), tuple(rows), tuple(spoken))


@self_reporter.tap("answer")
async def answered(turn: Turn, args: str) -> None:
    """Keep an answer and what follows from it."""
    question_id, _, option = args.partition("/")
    await keep_answer(turn, question_id, several.value_of(turn.content.checklist.question(question_id), option))
    await after_letter(turn, question_id)


@self_reporter.tap("back")
async def back(turn: Turn, args: str) -> None:
    """Show the question before."""
    question = turn.content.checklist.question(args)
    before = _before(turn, question, checklist_rules.situation_of(turn.case, turn.today)) if question else None
    turn.go("question", id=before.id if before else args)


def _before(turn: Turn, question: Question, situation: checklist_rules.Situation) -> Question | None:
    """Return the question before: of a check-in that asks this one, else of all."""
    if still_so.lines(turn, question):
        return still_so.before(turn, question)
    return checklist_rules.previous_question(turn.content.checklist, turn.case.answers, situation, question.id)


@self_reporter.screen("explain")
async def explained(turn: Turn) -> Screen:
    """Explain a question with an example, and say why it is asked."""
    question = _question(turn)
    script = question_script.explained(question)
    explanation, *why = (worded(turn, line) for line in script.lines)
    lines = [f"❓ {_asked(turn, question)}", explanation, *(f"💡 {line}" for line in why)]
    return screen(turn, "\n\n".join(lines), *script.rows(turn, question.id), spoken=(script.id,))


@self_reporter.tap("explain")
async def explain(turn: Turn, args: str) -> None:
    """Go to the explanation."""
    turn.go("explain", id=args)


@self_reporter.tap("question")
async def to_question(turn: Turn, args: str) -> None:
    """Go to a question."""
    turn.go("question", id=args)


@self_reporter.tap("page")
async def turn_page(turn: Turn, args: str) -> None:
    """Show other answers to the same question."""
    question_id, _, page = args.partition("/")
    turn.go("question", id=question_id, page=int(page))


@self_reporter.typed("question")
async def typed(turn: Turn, text: str) -> None:
    """A date is typed where one is asked; elsewhere a button is needed."""
    question = _question(turn)
    if question.kind != "date":
        await self_reporter.not_understood(turn, text)
        return
    try:
        day, at = read_appointment(text, turn.today)
    except NoSuchDayError:
        turn.remark(turn.text("That day does not exist. Look in the letter once more."))
    except NotADateError:
        await self_reporter.not_understood(turn, text, turn.text("I cannot read that as a date."))
    else:
        if day < turn.today and question.means == "reporting_date":
            await _is_over(turn, question.id, day)
        else:
            turn.go("confirm_date", id=question.id, day=day.isoformat(), **({"at": f"{at:%H%M}"} if at else {}))


async def _is_over(turn: Turn, question_id: str, day: date) -> None:
    """Ask again, and let who helps know, once: it may be a slip, or somebody whose day has passed."""
    case = turn.case
    if not any(m.kind == "date" and m.text == day.isoformat() for m in case.thread.unread("self_reporter")):
        case.thread.write("self_reporter", day.isoformat(), turn.now, kind="date")
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    note = turn.text(
        "That day is over. Look in the letter once more.\n\n"
        "Is it the right day? I told {helper}. You can call too: {number}",
        helper=helper(turn),
        number=number(turn),
    )
    turn.go("question", note, id=question_id)


@self_reporter.screen("confirm_date")
async def confirm_date(turn: Turn) -> Screen:
    """Put a typed date back in words, with the hour if one was typed."""
    day, at = date.fromisoformat(turn.place["day"]), turn.place.get("at")
    said = day_and_hour(turn.words, day, time.fromisoformat(at) if at else None)
    args = "/".join([turn.place["id"], turn.place["day"], *([at] if at else [])])
    yes, no = CONFIRM_DATE.choices
    rows = (yes.button(turn, args),), (no.button(turn, turn.place["id"]),)
    return screen(turn, CONFIRM_DATE.said(turn, day=said), *rows, spoken=(CONFIRM_DATE.id,))


@self_reporter.tap("date")
async def date_confirmed(turn: Turn, args: str) -> None:
    """Keep a day. Of the reporting date: the person read it from the letter, so it is a fact, and reminders follow."""
    case = turn.case
    question_id, text, *at = args.split("/")
    day, asked = date.fromisoformat(text), turn.content.checklist.question(question_id)
    if asked is None or asked.means != "reporting_date":
        await keep_answer(turn, question_id, text)
        return
    if day < turn.today:  # it was put back to them on an earlier day
        await _is_over(turn, question_id, day)
        return
    case.person.answer(question_id, text, turn.now)
    changed = letter_says(turn, case, day, "self")
    if at:
        keep_hour(turn, case, time.fromisoformat(at[0]))
    await settle(turn, case)
    await told_themselves(turn, changed)

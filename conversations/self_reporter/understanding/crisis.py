"""A crisis, which cannot wait: help that fits it on the next screen, with numbers, and who hears of it and when."""

from __future__ import annotations

from conversations.content.crisis import Help
from conversations.roles import self_reporter, stranger
from conversations.screen import Button, Screen
from conversations.self_reporter.phrases import helper, human, number, screen, sign_told
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.shared.locked import is_locked
from conversations.turn import Turn

# In every crisis: nobody waits for a helper who is not there.
_ALONE = text("I am a computer. {helper} reads this only on working days, by day. Do not wait for that.")


def script_of(one: Help) -> Script:
    """Return what is said in one kind of crisis."""
    quiet = (Choice(text("🙈 Hide this"), "hide"),) if one.quiet else ()
    ways = (Choice(text("✍️ Write a message"), "write"), Choice(text("▶️ Go on"), "onward"))
    return Script(f"crisis.{one.id}", (one.id, one.say), _ALONE, choices=(*quiet, *ways))


def worded(turn: Turn, one: Help) -> str:
    """Return help in the reader's words, with the numbers of the region."""
    numbers = turn.content.region.numbers
    return turn.words.content(
        one.id,
        one.say,
        helper=helper(turn),
        number=number(turn),
        suicide=numbers.suicide_prevention.telephone,
        suicide_free=numbers.suicide_prevention.free or numbers.suicide_prevention.telephone,
        violence=numbers.domestic_violence.telephone,
        legal=numbers.legal_help.telephone,
        legal_days=numbers.legal_help.hours,
        emergency=numbers.emergency.telephone,
    )


def who_hears(turn: Turn) -> str:
    """Say who gets a sign and when, as it is: signs to a team wait for its office hours."""
    case = turn.own_case
    national = turn.content.region.numbers
    if case is None:  # nobody knows who it is: nobody can be told
        return turn.text(
            "I am a computer. Only a computer reads this. Call {suicide} now. In danger: call {emergency}.",
            suicide=national.suicide_prevention.telephone,
            emergency=national.emergency.telephone,
        )
    alone = turn.text(_ALONE, helper=helper(turn))
    if not any(f.level == "urgent" and f.stands and f.acknowledged_at is None for f in case.flags):
        return alone
    return f"{sign_told(turn)} {alone}"


async def after_answer(turn: Turn, question_id: str) -> None:
    """Go to the help that fits an answer, if it needs any, else on."""
    said = turn.case.person.answer_to(question_id)
    options = [said] if isinstance(said, str) else said or []
    if one := turn.content.crisis.after(question_id, options):
        turn.go("crisis", id=one.id)
    else:
        await onward(turn)


async def after_words(turn: Turn, one: Help) -> None:
    """Show the help that fits typed words; who helps gets a signal without them, where the municipality wants it."""
    case, rule = turn.own_case, turn.content.checklist.crisis_rule
    if case is not None and turn.content.crisis.signal:
        stood = any(f.flag == rule.id and f.stands and f.acknowledged_at is None for f in case.flags)
        case.signals.raise_flag(rule.id, rule.domain, rule.level, rule.reason, turn.now)
        if not stood:
            turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    if is_locked(turn):  # help is never held back, and opens nothing
        turn.remark(f"{worded(turn, one)}\n\n{who_hears(turn)}")
    else:
        back = turn.place.get("back") if turn.place["kind"] == "crisis" else turn.place
        turn.go("crisis", id=one.id, back=back, typed=True)


@self_reporter.screen("crisis")
async def crisis(turn: Turn) -> Screen:
    """Show the help."""
    one = turn.content.crisis.help(turn.place["id"])
    if one is None:  # the file was replaced meanwhile
        await onward(turn)
        return Screen(number(turn), ((Button(turn.text("▶️ Go on"), "onward"),), (human(turn),)), ())
    script = script_of(one)
    lines = [worded(turn, one), who_hears(turn)]
    if turn.place.get("typed"):  # words can be taken wrongly: nobody is held to them
        lines.append(turn.text("Did you mean something else? Tap on ▶️."))
    return screen(turn, "\n\n".join(lines), *script.rows(turn), spoken=(script.id,))


@stranger.screen("crisis")
async def crisis_of_a_stranger(turn: Turn) -> Screen:
    """Show the help to somebody whom we do not know."""
    one = turn.content.crisis.help(turn.place["id"])
    text = f"{worded(turn, one)}\n\n{who_hears(turn)}" if one else number(turn)
    return Screen(text, ((Button(turn.text("▶️ Go on"), "to_start"),),))


@stranger.tap("to_start")
async def to_start(turn: Turn, _args: str) -> None:
    """Back to the code, or to the year of birth."""
    turn.go(**turn.place.get("back", {"kind": "start"}))

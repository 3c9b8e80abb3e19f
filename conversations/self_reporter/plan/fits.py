"""A measure put before the person in plain words: does this fit you?"""

from __future__ import annotations

from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.self_reporter.phrases import helper, screen
from conversations.self_reporter.questions.next_step import onward
from conversations.turn import Turn


@self_reporter.screen("fits")
async def fits(turn: Turn) -> Screen:
    """Ask."""
    code = turn.place["code"]
    rule = turn.content.measures.measure(code)
    if rule is None:  # the file was replaced meanwhile
        go_on = (Button(turn.text("▶️ Go on"), "onward"),)
        return screen(turn, turn.text("✅ This is settled."), go_on, spoken=("screen.settled",))
    text = turn.text("{helper} asks you something. You choose.", helper=helper(turn))
    return screen(
        turn,
        f"{text}\n\n{turn.words.content(rule.id, rule.ask)}",
        (Button(turn.text("👍 Yes"), "fits_say", f"{code}/yes"),),
        (Button(turn.text("🤷 I do not know"), "fits_say", f"{code}/unsure"),),
        (Button(turn.text("👎 No"), "fits_say", f"{code}/no"),),
        spoken=(f"measure.{code}",),
    )


@self_reporter.tap("fits")
async def to_fits(turn: Turn, args: str) -> None:
    """Open the question of a notice."""
    turn.case.thread.read("worker", turn.now)
    turn.go("fits", code=args)


@self_reporter.tap("fits_say")
async def fits_say(turn: Turn, args: str) -> None:
    """Keep their word, and tell who asked."""
    case = turn.case
    code, _, said = args.partition("/")
    row = next((measure for measure in case.measures if measure.code == code), None)
    if row is not None and row.wish != said:
        case.helpers.hear_wish(row, said)
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    turn.toast = turn.text("✅ Thank you. I pass it on.")
    await onward(turn)

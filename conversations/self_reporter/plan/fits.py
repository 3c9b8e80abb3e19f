"""A measure put before the person in plain words: does this fit you?"""

from __future__ import annotations

from conversations.content.measures import MeasureRule
from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.phrases import gone, helper
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn


def script_of(measure: MeasureRule) -> Script:
    """Return what is asked about a measure."""
    return Script(
        f"measure.{measure.id}",
        text("{helper} asks you something. You choose."),
        (measure.id, measure.ask),
        choices=(
            Choice(text("👍 Yes"), "fits_say", "yes"),
            Choice(text("🤷 I do not know"), "fits_say", "unsure"),
            Choice(text("👎 No"), "fits_say", "no"),
        ),
    )


@self_reporter.screen("fits")
async def fits(turn: Turn) -> Screen:
    """Ask."""
    code = turn.place["code"]
    rule = turn.content.measures.measure(code)
    if rule is None:  # the file was replaced meanwhile
        return gone(turn)
    return script_of(rule).screen(turn, code, helper=helper(turn))


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

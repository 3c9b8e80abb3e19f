"""Things that come before all else: a closed case, whether somebody is free, and how their day went.

A closed case takes nothing in any more, but what is theirs for good: their data, who looked, erasing, the lock. Who is
perhaps free loses nothing: what they tap or type is kept as always, and then they are asked.
"""

from __future__ import annotations

from conversations.rules.pin import PLACES
from conversations.self_reporter.arrival.closed import CLOSED
from conversations.self_reporter.day import how_it_went
from conversations.self_reporter.day.perhaps_free import PERHAPS, is_asked
from conversations.self_reporter.phrases import carried
from conversations.self_reporter.questions.next_step import BEFORE_THE_YES
from conversations.turn import Turn

# What goes on in a closed case.
COMMANDS = frozenset(
    {
        *("mijngegevens", "mydata", "wiekeek", "whoviewed", "wissen", "erase"),
        *("taal", "language", "verberg", "hide", "pin"),
    }
)
TAPS = frozenset(
    {
        *("my_data", "my_data_send", "viewed", "erase_ask", "erase_all", "keep_all", "languages", "language"),
        *("hide", "unhide", "key", "pin", "pin_new", "pin_done", "pin_off", "pin_forgot", "pin_back"),
        *("other_letter", "aloud"),
    }
)
# Places that stand as they are: of what goes on, of the lock, and of help that is never held back.
ALWAYS = frozenset(
    {
        *(*PLACES, "pin_menu", "pin_new", "pin_again", "language", "crisis"),
        *("my_data", "viewed", "erase", "other_letter", "other_year", "other_asked"),
    }
)
# And while it is asked whether somebody is free: the question itself, and a human.
ASKING = frozenset({PERHAPS, "perhaps_out", "human", "write", "stop", *BEFORE_THE_YES})


def is_closed(turn: Turn) -> bool:
    """Tell whether this chat is of a case that was closed."""
    return turn.actor.role == "self_reporter" and turn.has_case and turn.case.phase == "closed"


def refuses_command(turn: Turn, name: str, args: str) -> bool:
    """Tell whether a command is answered with that the case is closed; the code of a new letter is still looked at."""
    return is_closed(turn) and name not in COMMANDS and not (name == "start" and args)


def refuses_tap(turn: Turn, verb: str) -> bool:
    """Tell whether a tap is answered so."""
    return is_closed(turn) and verb not in TAPS


def refuses_text(turn: Turn) -> bool:
    """Tell whether typed text is answered so."""
    return is_closed(turn) and turn.place["kind"] not in ALWAYS


def say_closed(turn: Turn) -> None:
    """Answer so; what was typed is taken out of the chat: nobody reads it."""
    if turn.tapped is not None:
        turn.go(CLOSED)
    else:
        turn.delete(turn.message_id)
        turn.go(CLOSED, turn.text("I kept nothing of what you typed."))


def instead(turn: Turn) -> None:
    """Before a screen is shown: go to what comes first, if anything does; a note goes along."""
    place = turn.place["kind"]
    if turn.actor.role != "self_reporter" or place in ALWAYS:
        return
    if is_closed(turn):
        if place != CLOSED:
            turn.go(CLOSED, carried(turn))
    elif is_asked(turn) and place not in ASKING and not _answers_this(turn):
        # Words that nobody understood wait there too, for a tap that sends them.
        said = turn.place.get("said")
        turn.go(PERHAPS, carried(turn), **({"said": said} if said else {}))
    else:
        how_it_went.lead(turn)


def _answers_this(turn: Turn) -> bool:
    """Tell whether the screen answers what came in now: that a message was kept, thanks to somebody else."""
    by = turn.place.get("by")
    return bool(turn.place.get("sent")) or (by is not None and by == turn.tapped)

"""Words that ask for a button: “help”, “stop” or “menu” alone, where no words are asked for."""

from __future__ import annotations

from conversations.content.crisis import plain
from conversations.roles import self_reporter
from conversations.self_reporter.rights.stopping import needs_a_yes
from conversations.turn import Turn

# What is typed, as `plain` writes it, and the command, tap or explanation that it asks for.
_WORDS = {
    "help": ("help", "hulp", "help me", "help mij", "hoe werkt dit", "wat moet ik doen", "what do i do"),
    "stop": ("stop", "stoppen", "ik wil stoppen", "ik stop", "i want to stop"),
    "plan": ("plan", "mijn plan", "my plan"),
    "menu": ("menu", "het menu"),
    "human": ("mens", "een mens", "iemand spreken", "ik wil iemand spreken", "bel me", "a human"),
    "explain": ("uitleg", "ik snap het niet", "snap het niet", "ik begrijp het niet", "wat betekent dit", "explain"),
}
_ASKED = {word: deed for deed, words in _WORDS.items() for word in words}


async def is_answered(turn: Turn, text: str) -> bool:
    """Do what somebody asks for in a word or two; False when the text is anything else."""
    deed = _ASKED.get(plain(text))
    if deed is None or needs_a_yes(turn, "help" if deed in ("explain", "human") else deed):
        return False
    turn.delete(turn.message_id)
    if deed == "explain":
        question = (
            turn.content.checklist.question(turn.place.get("id", "")) if turn.place["kind"] == "question" else None
        )
        if question is not None and question.help:
            turn.go("explain", id=question.id)
        else:
            await self_reporter.commands["help"](turn, "")
    elif deed in self_reporter.commands:
        await self_reporter.commands[deed](turn, "")
    else:
        await self_reporter.taps[deed](turn, "")
    return True

"""Words of a message between a person and their helper, for who reads it."""

from __future__ import annotations

from conversations.turn import Turn
from conversations.words.wording import unlinked
from storage.case.case import Case
from storage.case.case_parts import Message

# Kinds that both of them see in the thread; the others are signs for the worker.
IN_THE_THREAD = ("text", "ready", "new_helper", "measure", "reach")


def words_of(turn: Turn, case: Case, message: Message) -> str:
    """Return a message as text: own words, a ready sentence, a question about a measure, or who helps from now on."""
    match message.kind:
        case "ready":
            sentence = turn.content.sentences.sentence(message.text)
            number = turn.content.region.contact(case.municipality).telephone
            return turn.words.content(sentence.id, sentence.text, number=number) if sentence else ""
        case "measure":
            measure = turn.content.measures.measure(message.text)
            return turn.words.content(measure.id, measure.ask) if measure else ""
        case "new_helper":
            name, _, days = message.text.partition("\n")
            if not days:
                return turn.text("From now on {name} helps you.", name=name)
            works = turn.words.weekdays(days)
            return turn.text("From now on {name} helps you.\n{name} works on {days}.", name=name, days=works)
        case "day":
            return {
                "there": turn.text("🏢 says: I am there"),
                "late": turn.text("⏰ says: I am late"),
                "home": turn.text("🏠 says: I am still at home"),
            }.get(message.text, turn.text("📅 says: it is another day"))
        case "letter":
            return ""  # of which case the chat is, is for who may see that one too
        case _:
            return unlinked(message.text)

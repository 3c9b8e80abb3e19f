"""Listening: typed words are looked at in memory first: what cannot wait, and what must not be kept."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.content.crisis import holds_citizen_number
from conversations.content.files.placeholders import filled
from conversations.registry import BESIDE, Conversation
from conversations.roles import self_reporter, stranger
from conversations.self_reporter.arrival import other_letter
from conversations.self_reporter.phrases import number
from conversations.self_reporter.understanding import asked_in_words, crisis, typed_answer
from conversations.shared.locked import is_locked
from conversations.turn import Turn
from conversations.words.wording import LANGUAGES, words_for

# Places and commands whose words go to who helps: there they are kept and sent on, whatever they say.
TO_HELPER = ("write", "messages", "human", "/bericht", "/message")
# Places in which free text is an answer of a fixed kind, beside those where it means nothing.
FIXED = (
    *("question", "proposal", "other_day", "reporting", "leave_other", "report_other", "not_understood"),
    *("start", "no_code", "refused", "birth_year", "new_phone"),
)
# Whoever types a button's whole label there means the button, and not a message of one word.
_BY_LABEL = ("messages", "human")


@dataclass(frozen=True, slots=True)
class Where:
    """Where words were typed: a place, or behind a command (`/name`); and what they can mean there."""

    name: str
    # What is typed there is somebody's own text, such as an action, and no answer.
    own_words: bool
    # The PIN comes first.
    locked: bool
    # The case is.
    closed: bool

    @classmethod
    def of(cls, turn: Turn, known: Conversation, name: str) -> Where:
        """Return where words of a turn were typed."""
        own_words = name.startswith("/") or (name not in FIXED and name in known.texts)
        return cls(name, own_words, is_locked(turn), turn.has_case and turn.case.phase == "closed")

    @property
    def by_label(self) -> bool:
        """Tell whether a button is meant by its whole label only."""
        return self.name in _BY_LABEL

    @property
    def may_be_tap(self) -> bool:
        """Tell whether words can mean a button here."""
        if self.locked or (self.closed and self.name != "closed"):
            return False
        return not self.own_words or self.by_label

    @property
    def may_be_asked(self) -> bool:
        """Tell whether words can be a question here."""
        return not (self.own_words or self.closed or self.locked)


@self_reporter.listener
@stranger.listener
async def listen(turn: Turn, text: str, where: str) -> bool:
    """Tell whether words that were typed in a place, or behind a command (`/name`), are dealt with here."""
    if holds_citizen_number(text):
        await _not_kept(turn, text)
        return True
    to_helper = where in TO_HELPER
    if not to_helper and (one := turn.content.crisis.heard(text)):
        turn.delete(turn.message_id)
        await crisis.after_words(turn, one)
        return True
    if where == BESIDE:
        return False
    if turn.has_case and not to_helper and await other_letter.is_met(turn, text):
        return True
    return await _answered(turn, text, where)


async def _answered(turn: Turn, text: str, name: str) -> bool:
    """Tell whether words are a button of the screen, a question, rude, or of another language; and answer them."""
    known = self_reporter if turn.has_case else stranger
    where = Where.of(turn, known, name)
    if where.may_be_tap and await typed_answer.is_given(known, turn, text, surely=where.by_label):
        return True
    if where.own_words:
        return False
    if turn.has_case and where.may_be_asked and await asked_in_words.is_answered(turn, text):
        return True
    return _calmly(turn, text)


async def _not_kept(turn: Turn, text: str) -> None:
    """Take a citizen service number out of the chat, and say why; what cannot wait is still heard."""
    turn.delete(turn.message_id)
    if one := turn.content.crisis.heard(text):
        await crisis.after_words(turn, one)
    turn.remark(
        turn.text(
            "I saw a citizen service number (BSN). I have kept nothing of your message. I took it out of this chat.\n"
            "Type it once more, please, and leave the number out."
        )
    )


def _calmly(turn: Turn, text: str) -> bool:
    """Answer rude words calmly, and another language with a choice of language; the conversation keeps its place."""
    heard = turn.content.crisis
    if heard.is_rude(text):
        turn.delete(turn.message_id)
        turn.remark(turn.text("I hear that you are angry. That is allowed. Do you want a human? Tap on 🙋."))
        return True
    spoken = heard.language_of(text)
    if spoken is None or spoken.language == turn.words.language:
        return False
    if spoken.language in LANGUAGES:
        note = words_for(spoken.language, turn.content.zone).text("Do you want to go on in this language? Tap on it.")
    elif spoken.say is not None:
        note = filled(spoken.say, {"number": number(turn)})
    else:
        return False
    back = turn.place["back"] if turn.place["kind"] == "language" else turn.place
    turn.go("language", note, back={name: value for name, value in back.items() if name != "note"})
    return True


async def after_message(turn: Turn, text: str) -> None:
    """See to what cannot wait in words that went to who helps."""
    if one := turn.content.crisis.heard(text):
        await crisis.after_words(turn, one)

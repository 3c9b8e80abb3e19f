"""Answers and the rest that a person says in a case: wishes, and a yes or a no."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from storage.case.case_fields import Record
from storage.case.case_parts import Answer, Consent, Speaker, new_id

# Kinds of messages with which somebody leaves the chat.
STOPPED = ("stop", "call")


class Answers(Record):
    """The verbs of what a person says."""

    __slots__ = ()

    def answer(self, question: str, value: str | list[str], now: datetime, by: Speaker = "self_reporter") -> None:
        """Keep an answer, and who put it in: a `worker` writes down what a person says without a chat.

        A later one takes its place.
        """
        self.answers[question] = Answer(value, now, by)
        self.last_answer_at = now
        self.touch("cases")

    def forget_answer(self, question: str) -> None:
        """Take an answer out: what it was about is no longer so."""
        if self.answers.pop(question, None) is not None:
            self.touch("cases")

    def value(self, question: str) -> str | list[str] | None:
        """Return what was answered, or None."""
        answer = self.answers.get(question)
        return answer.value if answer else None

    def say_phone_is_shared(self, shared: bool | None) -> None:
        """Keep whether somebody else uses the phone; None when the person does not know."""
        self.shares_phone = shared
        self.touch("cases")

    def prefer(self, **wishes: Any) -> None:
        """Keep how the person wants it: fields of `Preferences`; None takes a wish away."""
        self.preferences = replace(self.preferences, **wishes)
        self.touch("cases")

    def consent(self, to: str, given: bool, now: datetime, text_version: str) -> None:
        """Keep a yes or a no; the latest one to the same thing counts."""
        row = Consent(new_id(), to, given, now, text_version)
        self.consents.append(row)
        self.touch("consent", row)

    @property
    def has_stopped(self) -> bool:
        """Whether the person stopped the chat, and has not turned to us in it since."""
        said = next((c for c in reversed(self.consents) if c.to == "channel"), None)
        if said is None or said.given:
            return False
        since = (m for m in self.messages if m.sender == "self_reporter" and m.at >= said.at)
        return all(m.kind in STOPPED for m in since)

    def consents_to(self, to: str) -> bool:
        """Tell whether the latest word on `to` was yes."""
        given = [c.given for c in self.consents if c.to == to]
        return bool(given) and given[-1]

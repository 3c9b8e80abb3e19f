"""The person: what they answer, want, allow and tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from storage.case.case_fields import CaseFields
from storage.case.case_parts import Answer, Consent, Speaker, Story, new_id
from storage.case.sharing import SHARE, end_yes

# Kinds of messages with which somebody leaves the chat.
STOPPED = ("stop", "call")


@dataclass(slots=True, repr=False)
class Person:
    """The person whom a case is about, and what they say."""

    case: CaseFields

    @property
    def has_begun(self) -> bool:
        """Whether somebody came in by a phone, answered or agreed to anything: another phone needs the worker's yes."""
        case = self.case
        return bool(case.joined_at or case.answers or any(a.by != "worker" for a in case.actions))

    def answer(self, question: str, value: str | list[str], now: datetime, by: Speaker = "self_reporter") -> None:
        """Keep an answer, and who put it in: a `worker` writes down what a person says without a chat.

        A later one takes its place.
        """
        self.case.answers[question] = Answer(value, now, by)
        self.case.last_answer_at = now
        self.case.touch("cases")

    def forget_answer(self, question: str) -> None:
        """Take an answer out: what it was about is no longer so."""
        if self.case.answers.pop(question, None) is not None:
            self.case.touch("cases")

    def answer_to(self, question: str) -> str | list[str] | None:
        """Return what was answered, or None."""
        answer = self.case.answers.get(question)
        return answer.value if answer else None

    def count_questions(self, left: int) -> None:
        """Keep how many questions apply and have no answer."""
        if left != self.case.questions_left:
            self.case.questions_left = left
            self.case.touch("cases")

    def say_phone_is_shared(self, shared: bool | None) -> None:
        """Keep whether somebody else uses the phone; None when the person does not know."""
        self.case.shares_phone = shared
        self.case.touch("cases")

    def prefer(self, **wishes: Any) -> None:
        """Keep how the person wants it: fields of `Preferences`; None takes a wish away."""
        self.case.preferences = replace(self.case.preferences, **wishes)
        self.case.touch("cases")

    def speak(self, language: str) -> None:
        """Keep the language that the person reads."""
        self.case.language = language
        self.case.touch("cases")

    def consent(self, to: str, given: bool, now: datetime, text_version: str) -> None:
        """Keep a yes or a no; the latest one to the same thing counts.

        A yes to share that was given before ends with it, and what was said to that yes.
        """
        if to.startswith(SHARE):
            for row in self.case.consents:
                if row.to == to:
                    end_yes(self.case, row, "anew" if given else "withdrawn")
        said = Consent(new_id(), to, given, now, text_version)
        self.case.consents.append(said)
        self.case.touch("consent", said)

    def consents_to(self, to: str) -> bool:
        """Tell whether the latest word on `to` was yes."""
        given = [c.given for c in self.case.consents if c.to == to]
        return bool(given) and given[-1]

    @property
    def has_stopped(self) -> bool:
        """Whether the person stopped the chat, and has not turned to us in it since."""
        said = next((c for c in reversed(self.case.consents) if c.to == "channel"), None)
        if said is None or said.given:
            return False
        since = (m for m in self.case.messages if m.sender == "self_reporter" and m.at >= said.at)
        return all(m.kind in STOPPED for m in since)

    def tell(self, kind: str, moment: str, text: str, now: datetime) -> Story:
        """Keep what somebody said of the help (`helped`, `missed`, `who`, `worker`, `story`) at the plan or after."""
        row = Story(new_id(), kind, moment, now, text)
        self.case.stories.append(row)
        self.case.touch("story", row)
        return row

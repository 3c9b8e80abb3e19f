"""The person: who they are, what they answer, want, allow and tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

Speaker = Literal["self_reporter", "worker"]


@dataclass(slots=True, repr=False)
class Identity:
    """Who it is about. Names may be empty: an overview can come without."""

    first_name: str
    last_name: str
    birth_year: int | None
    number: str | None

    @property
    def name(self) -> str:
        """The whole name, for professionals."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What somebody answered to a question: an option, several, or a text or date as ISO 8601."""

    value: str | list[str]
    at: datetime
    by: Speaker = "self_reporter"


@dataclass(slots=True, repr=False)
class Preferences:
    """How a person wants it: when reminders come, until when it is quiet, and what guards a phone that others use.

    All of it is sealed with the answers. `pin`: a salted hash and what was tried (conversations/rules/pin.py);
    `next_domain`, `next_on`: where and on which day they want to go on.
    """

    hour: time | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    paused_until: date | None = None
    pin: str | None = None
    next_domain: str | None = None
    next_on: date | None = None

    def as_json(self) -> dict[str, str]:
        """Return what was set, as JSON."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return {name: str(value) for name, value in said.items() if value is not None}

    @classmethod
    def from_json(cls, said: dict[str, str]) -> Preferences:
        """Return what was kept."""
        read: dict[str, Any] = {"hour": time.fromisoformat, "quiet_from": time.fromisoformat}
        read |= {"quiet_until": time.fromisoformat, "paused_until": date.fromisoformat, "next_on": date.fromisoformat}
        return cls(**{name: read.get(name, str)(value) for name, value in said.items()})


@dataclass(slots=True)
class Consent:
    """A yes or a no to a use of data, with the version of the text that was read.

    Of a yes to a recipient (storage/case/sharing.py): what they said to it, and why it stands no more; `told_at`: since
    when they need not be told of that any more.
    """

    id: str
    to: str
    given: bool
    at: datetime
    text_version: str
    confirmed_at: datetime | None = None
    declined_at: datetime | None = None
    ended: str | None = None
    told_at: datetime | None = None


@dataclass(slots=True, repr=False)
class Story:
    """What somebody said of the help: `kind` what was asked, `moment` plan, after or closing."""

    id: str
    kind: str
    moment: str
    at: datetime
    text: str

"""The reach of a case: how the person is reached, and each contact with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.case.case_fields import CaseFields
from storage.case.case_parts import Contact, new_id
from storage.case.verbs.thread import Thread

# Contact from the person that is no conversation: whoever notes it has not answered them yet.
WRITTEN = ("chat", "letter")


@dataclass(slots=True, repr=False)
class Reach:
    """The ways to the person, and the contacts that there were."""

    case: CaseFields

    def by(self, channel: str) -> None:
        """Keep how the person wants to be reached: chat, telephone, paper or visit."""
        self.case.channel = channel
        self.case.touch("cases")

    def messages_arrive(self, yes: bool, now: datetime) -> None:
        """Keep whether messages arrive."""
        self.case.unreachable_since = None if yes else (self.case.unreachable_since or now)
        self.case.touch("cases")

    def invited(self, now: datetime) -> None:
        """An invitation was made."""
        self.case.invited_at = now
        self.case.touch("cases")

    def joined(self, now: datetime) -> None:
        """The self-reporter opened the invitation on their own phone."""
        self.case.joined_at = self.case.joined_at or now
        self.case.unreachable_since = None
        self.case.touch("cases")

    def began(self, made_at: datetime, now: datetime) -> None:
        """The person opened an invitation that was made at a moment, and is there: contact, by chat.

        A code that no letter has taken along since was shown to them by us: then it is no answer to a former letter.
        """
        self.joined(now)
        letters = self._letters()
        if letters and max(letters) < made_at:
            self.contacted("chat", "out", now)
        self.contacted("chat", "in", now)

    def contacted(self, kind: str, direction: str, now: datetime) -> None:
        """Keep that there was contact. Who was spoken to has been answered; a letter or a call in vain answers nobody.

        What comes in by chat is the person's own, and no answer to them.
        """
        row = Contact(new_id(), kind, direction, now)
        self.case.contacts.append(row)
        self.case.touch("contact", row)
        if direction == "in" and kind not in WRITTEN:
            Thread(self.case).answered(now)

    @property
    def letter_at(self) -> datetime | None:
        """When the first letter to the person left, of a batch or noted by a worker.

        An invitation alone is none: it may be a picture on a colleague's screen.
        """
        return min(self._letters(), default=None)

    def letter_not_sent(self, noted: datetime) -> None:
        """Take back that a letter left which was noted at a moment: it stayed behind, or was spoiled in the printer."""
        case = self.case
        ours = [c for c in case.contacts if (c.kind, c.direction) == ("letter", "out")]
        mistaken = [c.id for c in ours if c.on == noted]
        case.contacts = [c for c in case.contacts if c.id not in mistaken]
        case.dropped.update(mistaken)
        if case.invited_at == noted:
            case.invited_at = max((c.on for c in ours if c.on != noted), default=None)
        case.touch("cases")

    def _letters(self) -> list[datetime]:
        return [c.on for c in self.case.contacts if (c.kind, c.direction) == ("letter", "out")]

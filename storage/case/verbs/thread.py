"""The thread of a case: the words between the person and who helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.case.case_fields import CaseFields
from storage.case.case_parts import Message, new_id


@dataclass(slots=True, repr=False)
class Thread:
    """The messages of a case, in both directions."""

    case: CaseFields

    def write(self, sender: str, text: str, now: datetime, kind: str = "text") -> Message:
        """Keep words of the `self_reporter` or the `worker`."""
        row = Message(new_id(), sender, kind, now, text)
        self.case.messages.append(row)
        self.case.touch("message", row)
        return row

    def unanswered(self) -> list[Message]:
        """Return what the person wrote or asked that still waits for an answer, oldest first; read or not."""
        return [m for m in self.case.messages if m.sender == "self_reporter" and m.settled_at is None]

    def answered(self, now: datetime, *kinds: str) -> None:
        """What the person wrote has its answer, or needs none: all of it, or what is of these kinds."""
        for row in self.unanswered():
            if not kinds or row.kind in kinds:
                row.settled_at = now
                self.case.touch("message", row)

    def unread(self, sender: str) -> list[Message]:
        """Return the messages of `sender` that nobody on the other side has opened, oldest first."""
        return [m for m in self.case.messages if m.sender == sender and m.read_at is None]

    def read(self, sender: str, now: datetime) -> None:
        """The other side has read what `sender` wrote."""
        for row in self.unread(sender):
            row.read_at = now
            self.case.touch("message", row)

"""The signals of a case: flags, contact with the person, and messages between them and who helps."""

from __future__ import annotations

from datetime import datetime

from storage.case.case_fields import Record
from storage.case.case_parts import LEVELS, Contact, Flag, Level, Message, new_id

# Contact from the person that is no conversation: whoever notes it has not answered them yet.
WRITTEN = ("chat", "letter")


class Signals(Record):
    """The verbs of flags, contact and messages."""

    __slots__ = ()

    def raise_flag(self, flag: str, domain: str, level: Level, reason: str, now: datetime) -> Flag:
        """Signal something, once: a flag that already stands keeps its age."""
        for row in self.flags:
            if row.flag == flag and row.lowered_at is None:
                if (row.level, row.reason) != (level, reason):
                    if LEVELS.index(level) > LEVELS.index(row.level):
                        row.acknowledged_at = row.overruled_at = row.seen_by = row.overruled_by = row.why = None
                    row.level, row.reason = level, reason
                    self.touch("flag", row)
                return row
        row = Flag(new_id(), flag, domain, level, now, reason)
        self.flags.append(row)
        self.touch("flag", row)
        return row

    def look_at_flags(self, again: datetime | None) -> None:
        """Keep that the rules over flags were applied, and when time alone changes one next."""
        self.flags_reviewed, self.flags_look_at = True, again

    def lower_flag(self, row: Flag, now: datetime) -> None:
        """The reason is gone; the flag stays in the history."""
        row.lowered_at = now
        self.touch("flag", row)

    def acknowledge(self, row: Flag, now: datetime, by: str | None = None) -> None:
        """A professional has seen the flag, the first of them counts."""
        if row.acknowledged_at is None:
            row.acknowledged_at, row.seen_by = now, by
        self.touch("flag", row)

    def overrule(self, row: Flag, why: str, now: datetime, by: str | None = None) -> None:
        """A professional knows better than the rule, and says why; it weighs nothing from here on."""
        row.overruled_at, row.why, row.overruled_by = now, why, by
        self.acknowledge(row, now, by)

    def contacted(self, kind: str, direction: str, now: datetime) -> None:
        """Keep that there was contact. Who was spoken to has been answered; a letter or a call in vain answers nobody.

        What comes in by chat is the person's own, and no answer to them.
        """
        row = Contact(new_id(), kind, direction, now)
        self.contacts.append(row)
        self.touch("contact", row)
        if direction == "in" and kind not in WRITTEN:
            self.answered(now)

    def letter_not_sent(self, noted: datetime) -> None:
        """Take back that a letter left which was noted at a moment: it stayed behind, or was spoiled in the printer."""
        ours = [c for c in self.contacts if (c.kind, c.direction) == ("letter", "out")]
        mistaken = [c.id for c in ours if c.on == noted]
        self.contacts = [c for c in self.contacts if c.id not in mistaken]
        self.dropped.update(mistaken)
        if self.invited_at == noted:
            self.invited_at = max((c.on for c in ours if c.on != noted), default=None)
        self.touch("cases")

    def message(self, sender: str, text: str, now: datetime, kind: str = "text") -> Message:
        """Keep words of the `self_reporter` or the `worker`."""
        row = Message(new_id(), sender, kind, now, text)
        self.messages.append(row)
        self.touch("message", row)
        return row

    def unanswered(self) -> list[Message]:
        """Return what the person wrote or asked that still waits for an answer, oldest first; read or not."""
        return [m for m in self.messages if m.sender == "self_reporter" and m.settled_at is None]

    def answered(self, now: datetime, *kinds: str) -> None:
        """What the person wrote has its answer, or needs none: all of it, or what is of these kinds."""
        for row in self.unanswered():
            if not kinds or row.kind in kinds:
                row.settled_at = now
                self.touch("message", row)

    def unread(self, sender: str) -> list[Message]:
        """Return the messages of `sender` that nobody on the other side has opened, oldest first."""
        return [m for m in self.messages if m.sender == sender and m.read_at is None]

    def read(self, sender: str, now: datetime) -> None:
        """The other side has read what `sender` wrote."""
        for row in self.unread(sender):
            row.read_at = now
            self.touch("message", row)

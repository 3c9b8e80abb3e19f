"""The door of a case: another phone has the code and the year of birth, and waits for the yes of who helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.case.case_fields import CaseFields


@dataclass(slots=True, repr=False)
class Door:
    """The door at which a new phone stands."""

    case: CaseFields

    def knock(self, phone: str, now: datetime) -> None:
        """Another phone has the code and the year of birth: its chat waits for a yes. The last one counts."""
        self.case.new_phone, self.case.new_phone_at, self.case.call_asked_at = phone, now, None
        self.case.touch("cases")

    def ask_call(self, now: datetime) -> bool:
        """Who holds the new phone wants to be called; True the first time."""
        first = self.case.call_asked_at is None
        self.case.call_asked_at = self.case.call_asked_at or now
        self.case.touch("cases")
        return first

    def answer(self) -> None:
        """Somebody who helps has said whether the new phone is theirs: it waits no longer."""
        self.case.new_phone = self.case.new_phone_at = self.case.call_asked_at = None
        self.case.touch("cases")

    @property
    def number(self) -> int:
        """Return two digits that stand on the new phone: who is called reads them out, else another gets the yes."""
        assert self.case.new_phone is not None
        return 10 + int(self.case.new_phone[-12:], 16) % 90

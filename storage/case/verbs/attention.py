"""The attention that a case asks for: how worrying it is, and by when somebody must have seen to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.case.case_fields import CaseFields


@dataclass(slots=True, repr=False)
class Attention:
    """The attention of those who help."""

    case: CaseFields

    def press(self, level: int) -> None:
        """Keep how worrying it is, from 0 to 4: lists sort by it."""
        if level != self.case.pressing:
            self.case.pressing = level
            self.case.touch("cases")

    def needed_by(self, by: datetime | None) -> None:
        """Keep by when somebody must have attended to it."""
        if by != self.case.attend_by:
            self.case.attend_by = by
            self.case.touch("cases")

    def alarm(self) -> None:
        """The coordinators were told that nobody has seen to it in time."""
        self.case.alarmed_until = self.case.attend_by
        self.case.touch("cases")

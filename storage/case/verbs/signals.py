"""The signals of a case: its flags, raised and lowered by rules, seen and overruled by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.case.case_fields import CaseFields
from storage.case.case_parts import LEVELS, Flag, Level, new_id


@dataclass(slots=True, repr=False)
class Signals:
    """The flags of a case."""

    case: CaseFields

    @property
    def level(self) -> Level:
        """The highest level of the flags that stand."""
        standing = [LEVELS.index(f.level) for f in self.case.flags if f.stands]
        return LEVELS[max(standing, default=0)]

    def raise_flag(self, flag: str, domain: str, level: Level, reason: str, now: datetime) -> Flag:
        """Signal something, once: a flag that already stands keeps its age."""
        for row in self.case.flags:
            if row.flag == flag and row.lowered_at is None:
                if (row.level, row.reason) != (level, reason):
                    if LEVELS.index(level) > LEVELS.index(row.level):
                        row.acknowledged_at = row.overruled_at = row.seen_by = row.overruled_by = row.why = None
                    row.level, row.reason = level, reason
                    self.case.touch("flag", row)
                return row
        row = Flag(new_id(), flag, domain, level, now, reason)
        self.case.flags.append(row)
        self.case.touch("flag", row)
        return row

    def lower_flag(self, row: Flag, now: datetime) -> None:
        """The reason is gone; the flag stays in the history."""
        row.lowered_at = now
        self.case.touch("flag", row)

    def acknowledge(self, row: Flag, now: datetime, by: str | None = None) -> None:
        """A professional has seen the flag, the first of them counts."""
        if row.acknowledged_at is None:
            row.acknowledged_at, row.seen_by = now, by
        self.case.touch("flag", row)

    def overrule(self, row: Flag, why: str, now: datetime, by: str | None = None) -> None:
        """A professional knows better than the rule, and says why; it weighs nothing from here on."""
        row.overruled_at, row.why, row.overruled_by = now, why, by
        self.acknowledge(row, now, by)

    def reviewed(self, again: datetime | None) -> None:
        """Keep that the rules over flags were applied, and when time alone changes one next."""
        self.case.flags_reviewed, self.case.flags_look_at = True, again

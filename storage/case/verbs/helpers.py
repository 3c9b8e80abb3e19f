"""The helpers of a case: who has it, what they note, weigh and decide, and what they hand over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from storage.case.case_fields import CaseFields
from storage.case.case_parts import Decision, Effort, Handover, Measure, Note, Resolution, new_id


@dataclass(slots=True, repr=False)
class Helpers:
    """The professionals who help."""

    case: CaseFields

    def note(self, text: str, by: str, now: datetime) -> None:
        """Write something down for those who help."""
        row = Note(new_id(), now, by, text)
        self.case.notes.append(row)
        self.case.touch("note", row)

    def weigh(self, code: str, decision: str, reason: str | None, by: str, now: datetime) -> Measure:
        """Keep how a measure was weighed; a later word on the same measure takes the place of the former."""
        for row in self.case.measures:
            if row.code == code:
                row.decision, row.reason, row.by, row.at = decision, reason, by, now
                break
        else:
            row = Measure(new_id(), code, decision, reason, now, by)
            self.case.measures.append(row)
        self.case.touch("measure", row)
        return row

    def hear_wish(self, row: Measure, wish: str) -> None:
        """The person says whether a measure fits them: yes, no or unsure."""
        row.wish = wish
        self.case.touch("measure", row)

    def ask_decision(self, measure: str, by: str, of: str, decide_by: date, question: str, now: datetime) -> Decision:
        """Ask a colleague to decide on a measure."""
        row = Decision(new_id(), measure, by, of, now, decide_by, question)
        self.case.decisions.append(row)
        self.case.touch("decision", row)
        return row

    def decide(self, row: Decision, answer: str, explanation: str | None, now: datetime) -> None:
        """A colleague has decided."""
        row.answer, row.explanation, row.answered_at = answer, explanation, now
        self.case.touch("decision", row)

    def resolve(self, text: str, owner: str | None, due: date, by: str, now: datetime) -> Resolution:
        """The intake meeting decides who does what by when."""
        row = Resolution(new_id(), by, owner, now, due, text)
        self.case.resolutions.append(row)
        self.case.touch("resolution", row)
        return row

    def carry_out(self, row: Resolution, now: datetime) -> None:
        """What a meeting decided has been done."""
        row.done_at = row.done_at or now
        self.case.touch("resolution", row)

    def go_to_the_limit(self, tried: str, stopped: str, by: str, now: datetime) -> Effort:
        """Keep what was tried at the edge of the possible, and where it stopped."""
        row = Effort(new_id(), by, now, tried, stopped)
        self.case.efforts.append(row)
        self.case.touch("effort", row)
        return row

    def assign(self, worker: str | None) -> None:
        """Give the case to a member of staff."""
        self.case.worker = worker
        self.case.touch("cases")

    def hand_over(self, to: str, summary: str, now: datetime) -> None:
        """Give the case to another worker, with what they must know; it is counted."""
        row = Handover(new_id(), self.case.worker, to, now, summary)
        self.case.handovers.append(row)
        self.case.touch("handover", row)
        self.assign(to)

    @property
    def unread_handover(self) -> Handover | None:
        """What the worker who has the case now must know of the one before, until they say that they have read it."""
        last = self.case.handovers[-1] if self.case.handovers else None
        return last if last is not None and last.to == self.case.worker and last.seen_at is None else None

    def take_in(self, row: Handover, now: datetime) -> None:
        """The new worker has read what the former one wrote."""
        row.seen_at = row.seen_at or now
        self.case.touch("handover", row)

    def let_coordinator_read(self, until: datetime | None) -> None:
        """Let the coordinator read along until then; None ends it."""
        self.case.shared_until = until
        self.case.touch("cases")

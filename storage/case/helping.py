"""Helping: what professionals do in a case: notes, measures, decisions, what a meeting decided, and who helps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from storage.case.case_fields import Record
from storage.case.case_parts import Decision, Effort, Handover, Measure, Note, Reminder, Resolution, new_id


class Helping(Record):
    """The verbs of those who help."""

    __slots__ = ()

    def note(self, text: str, by: str, now: datetime) -> None:
        """Write something down for those who help."""
        row = Note(new_id(), now, by, text)
        self.notes.append(row)
        self.touch("note", row)

    def weigh(self, code: str, decision: str, reason: str | None, by: str, now: datetime) -> Measure:
        """Keep how a measure was weighed; a later word on the same measure takes the place of the former."""
        for row in self.measures:
            if row.code == code:
                row.decision, row.reason, row.by, row.at = decision, reason, by, now
                break
        else:
            row = Measure(new_id(), code, decision, reason, now, by)
            self.measures.append(row)
        self.touch("measure", row)
        return row

    def hear_wish(self, row: Measure, wish: str) -> None:
        """The person says whether a measure fits them: yes, no or unsure."""
        row.wish = wish
        self.touch("measure", row)

    def ask_decision(self, measure: str, by: str, of: str, decide_by: date, question: str, now: datetime) -> Decision:
        """Ask a colleague to decide on a measure."""
        row = Decision(new_id(), measure, by, of, now, decide_by, question)
        self.decisions.append(row)
        self.touch("decision", row)
        return row

    def decide(self, row: Decision, answer: str, explanation: str | None, now: datetime) -> None:
        """A colleague has decided."""
        row.answer, row.explanation, row.answered_at = answer, explanation, now
        self.touch("decision", row)

    def resolve(self, text: str, owner: str | None, due: date, by: str, now: datetime) -> Resolution:
        """The intake meeting decides who does what by when."""
        row = Resolution(new_id(), by, owner, now, due, text)
        self.resolutions.append(row)
        self.touch("resolution", row)
        return row

    def carry_out(self, row: Resolution, now: datetime) -> None:
        """What a meeting decided has been done."""
        row.done_at = row.done_at or now
        self.touch("resolution", row)

    def go_to_the_limit(self, tried: str, stopped: str, by: str, now: datetime) -> Effort:
        """Keep what was tried at the edge of the possible, and where it stopped."""
        row = Effort(new_id(), by, now, tried, stopped)
        self.efforts.append(row)
        self.touch("effort", row)
        return row

    def hand_over(self, to: str, summary: str, now: datetime) -> None:
        """Give the case to another worker, with what they must know; it is counted."""
        row = Handover(new_id(), self.worker, to, now, summary)
        self.handovers.append(row)
        self.touch("handover", row)
        self.assign(to)

    @property
    def handed(self) -> Handover | None:
        """What the worker who has the case now must know of the one before, until they say that they have read it."""
        last = self.handovers[-1] if self.handovers else None
        return last if last is not None and last.to == self.worker and last.seen_at is None else None

    def take_in(self, row: Handover, now: datetime) -> None:
        """The new worker has read what the former one wrote."""
        row.seen_at = row.seen_at or now
        self.touch("handover", row)

    def share(self, until: datetime | None) -> None:
        """Let the coordinator read along until then; None ends it."""
        self.shared_until = until
        self.touch("cases")

    def deal_with(self, row: Reminder, dealt: Literal["done", "not_done", "over"], now: datetime) -> None:
        """The worker has done, or not done, what a reminder asked that was handed to them; or it was over before."""
        row.dealt, row.dealt_at = dealt, now
        self.touch("due", row)

    def assign(self, worker: str | None) -> None:
        """Give the case to a member of staff."""
        self.worker = worker
        self.touch("cases")

"""The shares of a case: what a person lets one recipient read of one action, what that one said, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.case.case_fields import CaseFields
from storage.case.case_parts import UNSETTLED, Action, Consent
from storage.case.sharing import (
    ANSWERED,
    ASKED_ANEW,
    SHARE,
    SHARING,
    SHOWN,
    Ended,
    Share,
    ShareState,
    end_yes,
    share_of,
    to_prison,
)
from storage.case.verbs.person import Person
from storage.case.verbs.schedule import Schedule
from storage.clock import wall


@dataclass(slots=True, repr=False)
class Shares:
    """What a person shares."""

    case: CaseFields

    def let_prison_read(self, action: Action, given: bool, now: datetime, text_version: str) -> None:
        """Keep a yes or a no to let the prison that is known now read an action; a no takes every yes back."""
        to = {row.to: None for row in self._open(action)} if not given else {}
        if self.case.prison is not None:
            to[to_prison(self.case.prison, action.id)] = None
        for one in to:
            Person(self.case).consent(one, given, now, text_version)
        self._cancel(ASKED_ANEW, action, "said by themselves")

    def has_yes(self, action: Action) -> bool:
        """Tell whether a yes to share an action can be taken back, also while no prison is known."""
        return any(self._open(action))

    def state(self, action: Action) -> ShareState:
        """Return how an action stands with the prison that is known now: this, and nothing else, is shown anywhere."""
        row = self._standing(action)
        if row is None:
            return "not_shared"
        if row.declined_at is not None:
            return "declined"
        return "asked" if row.confirmed_at is None else "confirmed"

    def with_the_prison(self) -> list[Action]:
        """Return the actions that the prison sees: those it was asked and has not declined."""
        return [action for action in self.case.actions if self.state(action) in ("asked", "confirmed")]

    def said_at(self, action: Action) -> datetime | None:
        """Return when the prison confirmed or declined what is shared with it now."""
        row = self._standing(action)
        return None if row is None else row.declined_at or row.confirmed_at

    def confirm(self, action: Action, now: datetime) -> bool:
        """The prison takes on what is shared with it; returns whether that is news."""
        row = self._standing(action)
        if row is None or row.confirmed_at is not None:
            return False
        row.confirmed_at, row.declined_at = now, None
        self.case.touch("consent", row)
        return True

    def decline(self, action: Action, now: datetime) -> bool:
        """The prison cannot do what is shared with it, and reads it no more; returns whether that is news."""
        row = self._standing(action)
        if row is None or row.declined_at is not None:
            return False
        row.declined_at, row.confirmed_at = now, None
        self.case.touch("consent", row)
        return True

    def was_handed_over(self, action: Action) -> bool:
        """Tell whether a yes to share an action stands, or stood until the person was free again: for the figures."""
        shares = (row for row in self._given() if row.ended in (None, "released", "closed"))
        return any((share := share_of(row.to)) is not None and share.action_id == action.id for row in shares)

    def can_be_asked(self, action: Action) -> bool:
        """Tell whether the person can be asked to let a prison read an action."""
        shareable = action.owner == "casemanager" and action.status == "agreed" and not action.private
        return shareable and self.case.prison is not None and self.case.phase in SHARING

    def is_unasked(self, action: Action) -> bool:
        """Tell whether the person can be asked about this prison and has not said: a no to one is not asked again."""
        words = self._words_on(action)
        unsaid = not words or (words[-1][1].given and self._standing(action) is None)
        return unsaid and self.can_be_asked(action)

    def said_yes_before(self, action: Action) -> str | None:
        """Return to which other prison the person's last word on an action was yes; "" when that is not known."""
        words = self._words_on(action)
        if not words or not words[-1][1].given or words[-1][0].recipient == self.case.prison:
            return None
        return words[-1][0].recipient

    def change_prison(self, prison: str | None, now: datetime, zone: ZoneInfo) -> None:
        """Another prison is named: what was shared with one before ends, and the person is asked anew.

        None: nobody says which. Then nobody reads anything; what was shared with a prison waits until one is named.
        """
        case = self.case
        if prison == case.prison:
            return
        case.prison = prison
        case.touch("cases")
        Schedule(case).cancel("another prison", kinds=(ASKED_ANEW, ANSWERED))
        if prison is None:
            return
        for row in self._given():
            share = share_of(row.to)
            if share is not None and share.recipient != prison:
                end_yes(case, row, "moved")
        for action in case.actions:
            if self.is_unasked(action):
                self._remind_now(ASKED_ANEW, action, now, zone)

    def tell_answer(self, action: Action, now: datetime, zone: ZoneInfo) -> None:
        """The person is to hear what the prison said: once, the newest."""
        self._cancel(ANSWERED, action, "told anew")
        self._remind_now(ANSWERED, action, now, zone)

    def end(self, why: Ended, action: Action | None = None) -> None:
        """Nobody reads it any more: of one action, or of all."""
        for row in self._given() if action is None else self._open(action):
            end_yes(self.case, row, why)
        if action is None:
            Schedule(self.case).cancel("no longer so", kinds=(ASKED_ANEW, ANSWERED))

    def tell_ends(self, now: datetime) -> list[str]:
        """Return the prisons that must hear that something is shared no more; each end is told once."""
        prisons: dict[str, None] = {}
        for row in self._given():
            if row.ended is None or row.told_at is not None:
                continue
            row.told_at = now
            self.case.touch("consent", row)
            share = share_of(row.to)
            action = self.case.action(share.action_id) if share is not None else None
            # Who declined said so themselves, and what is done needs nobody; a yes given once more still stands.
            settled = row.ended == "anew" or row.declined_at is not None or (action and action.status == "done")
            if share is not None and share.kind == "prison" and not settled:
                prisons[share.recipient] = None
        return list(prisons)

    def _given(self) -> Iterator[Consent]:
        """Yield each yes to share that was ever given."""
        return (row for row in self.case.consents if row.given and row.to.startswith(SHARE))

    def _open(self, action: Action) -> Iterator[Consent]:
        """Yield each yes to share this action that has not ended."""
        rows = ((row, share_of(row.to)) for row in self._given() if row.ended is None)
        return (row for row, share in rows if share is not None and share.action_id == action.id)

    def _words_on(self, action: Action) -> list[tuple[Share, Consent]]:
        """Return each yes and no to share this action, the last one last."""
        said = ((share_of(row.to), row) for row in self.case.consents)
        return [(share, row) for share, row in said if share is not None and share.action_id == action.id]

    def _standing(self, action: Action) -> Consent | None:
        """Return the yes on which the prison reads an action now: storage/scope.py says the same in SQL."""
        case = self.case
        if case.prison is None or case.phase not in SHARING:
            return None
        if action.owner != "casemanager" or action.status not in SHOWN or action.private:
            return None
        to = to_prison(case.prison, action.id)
        row = next((row for row in reversed(case.consents) if row.to == to), None)
        return row if row is not None and row.given and row.ended is None else None

    def _remind_now(self, kind: str, action: Action, now: datetime, zone: ZoneInfo) -> None:
        local = wall(now, zone)
        at = local.time().replace(microsecond=0, fold=0)
        Schedule(self.case).remind(kind, local.date(), at, zone, action)

    def _cancel(self, kind: str, action: Action, why: str) -> None:
        for row in self.case.reminders:
            if (row.kind, row.action_id) == (kind, action.id) and row.state in UNSETTLED:
                Schedule(self.case).end(row, "cancelled", why)

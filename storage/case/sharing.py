"""Sharing: what a person lets one recipient read of one action, what that recipient said to it, and how it ended.

A yes belongs to the recipient to whom it was given and to the action that was read out: another prison asks anew. What
the recipient confirmed or declined belongs to that yes, and ends with it. When it ended stays kept, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from storage.case.case_parts import UNSETTLED, Action, Consent
from storage.case.plan import Plan
from storage.clock import wall

SHARE = "share:"
TO_A_PRISON = "share:prison:"
# States of an action that a recipient sees, and where the person is while a prison may still do something for them.
SHOWN = ("agreed", "done")
SHARING = ("waiting", "called_up", "inside")
# What falls due of it: the person is asked for a yes to another prison, and hears what the prison said.
ASKED_ANEW, ANSWERED = "share_again", "share_answered"

ShareState = Literal["not_shared", "asked", "confirmed", "declined"]
# Why a yes stands no more: taken back, given once more, another prison, the action went, or the person's course ended.
Ended = Literal["withdrawn", "anew", "moved", "dropped", "cancelled", "released", "closed"]


@dataclass(frozen=True, slots=True)
class Share:
    """To whom a consent lets what be read: the kind of recipient, its name, and the id of an action."""

    kind: str
    recipient: str
    action_id: str


def to_prison(prison: str, action_id: str) -> str:
    """Return what a consent to let a prison read an action is called."""
    return f"{TO_A_PRISON}{prison}:{action_id}"


def share_of(to: str) -> Share | None:
    """Return what a consent shares; None when it is about something else."""
    if not to.startswith(SHARE):
        return None
    kind, _, rest = to.removeprefix(SHARE).partition(":")
    recipient, _, action_id = rest.rpartition(":")
    return Share(kind, recipient, action_id)


class Sharing(Plan):
    """The verbs of what a person shares."""

    __slots__ = ()

    def consent(self, to: str, given: bool, now: datetime, text_version: str) -> None:
        """Keep a yes or a no; a yes to share that was given before ends with it, and what was said to that yes."""
        if to.startswith(SHARE):
            for row in self.consents:
                if row.to == to:
                    self._end(row, "anew" if given else "withdrawn")
        super().consent(to, given, now, text_version)

    def let_prison_read(self, action: Action, given: bool, now: datetime, text_version: str) -> None:
        """Keep a yes or a no to let the prison that is known now read an action; a no takes every yes back."""
        to = {row.to: None for row in self._open(action)} if not given else {}
        if self.prison is not None:
            to[to_prison(self.prison, action.id)] = None
        for one in to:
            self.consent(one, given, now, text_version)
        self._end_rows(ASKED_ANEW, action, "said by themselves")

    def has_yes(self, action: Action) -> bool:
        """Tell whether a yes to share an action can be taken back, also while no prison is known."""
        return any(self._open(action))

    def share_state(self, action: Action) -> ShareState:
        """Return how an action stands with the prison that is known now: this, and nothing else, is shown anywhere."""
        row = self._standing(action)
        if row is None:
            return "not_shared"
        if row.declined_at is not None:
            return "declined"
        return "asked" if row.confirmed_at is None else "confirmed"

    def with_the_prison(self) -> list[Action]:
        """Return the actions that the prison sees: those it was asked and has not declined."""
        return [action for action in self.actions if self.share_state(action) in ("asked", "confirmed")]

    def said_at(self, action: Action) -> datetime | None:
        """Return when the prison confirmed or declined what is shared with it now."""
        row = self._standing(action)
        return None if row is None else row.declined_at or row.confirmed_at

    def confirm_share(self, action: Action, now: datetime) -> bool:
        """The prison takes on what is shared with it; returns whether that is news."""
        row = self._standing(action)
        if row is None or row.confirmed_at is not None:
            return False
        row.confirmed_at, row.declined_at = now, None
        self.touch("consent", row)
        return True

    def decline_share(self, action: Action, now: datetime) -> bool:
        """The prison cannot do what is shared with it, and reads it no more; returns whether that is news."""
        row = self._standing(action)
        if row is None or row.declined_at is not None:
            return False
        row.declined_at, row.confirmed_at = now, None
        self.touch("consent", row)
        return True

    def was_handed_over(self, action: Action) -> bool:
        """Tell whether a yes to share an action stands, or stood until the person was free again: for the figures."""
        shares = (row for row in self._shares() if row.ended in (None, "released", "closed"))
        return any((share := share_of(row.to)) is not None and share.action_id == action.id for row in shares)

    def can_share(self, action: Action) -> bool:
        """Tell whether the person can be asked to let a prison read an action."""
        shareable = action.owner == "casemanager" and action.status == "agreed" and not action.private
        return shareable and self.prison is not None and self.phase in SHARING

    def is_unasked(self, action: Action) -> bool:
        """Tell whether the person can be asked about this prison and has not said: a no to one is not asked again."""
        shares = [row for row in self.consents if (share := share_of(row.to)) and share.action_id == action.id]
        unsaid = not shares or (shares[-1].given and self._standing(action) is None)
        return unsaid and self.can_share(action)

    def said_yes_before(self, action: Action) -> str | None:
        """Return to which other prison the person's last word on an action was yes; "" when that is not known."""
        shares = [(share, row) for row in self.consents if (share := share_of(row.to)) and share.action_id == action.id]
        if not shares or not shares[-1][1].given or shares[-1][0].recipient == self.prison:
            return None
        return shares[-1][0].recipient

    def change_prison(self, prison: str | None, now: datetime, zone: ZoneInfo) -> None:
        """Another prison is named: what was shared with one before ends, and the person is asked anew.

        None: nobody says which. Then nobody reads anything; what was shared with a prison waits until one is named.
        """
        if prison == self.prison:
            return
        self.prison = prison
        self.touch("cases")
        self.cancel_reminders("another prison", kinds=(ASKED_ANEW, ANSWERED))
        if prison is None:
            return
        for row in self._shares():
            share = share_of(row.to)
            if share is not None and share.recipient != prison:
                self._end(row, "moved")
        for action in self.actions:
            if self.is_unasked(action):
                self._remind_now(ASKED_ANEW, action, now, zone)

    def tell_answer(self, action: Action, now: datetime, zone: ZoneInfo) -> None:
        """The person is to hear what the prison said: once, the newest."""
        self._end_rows(ANSWERED, action, "told anew")
        self._remind_now(ANSWERED, action, now, zone)

    def end_shares(self, why: Ended, action: Action | None = None) -> None:
        """Nobody reads it any more: of one action, or of all."""
        for row in self._shares() if action is None else self._open(action):
            self._end(row, why)
        if action is None:
            self.cancel_reminders("no longer so", kinds=(ASKED_ANEW, ANSWERED))

    def settle(
        self, action: Action, status: Literal["done", "declined", "dropped"], why: str, on: date | None = None
    ) -> None:
        """End an action, `on` a day; who was to do it need not, and reads it no more."""
        super().settle(action, status, why, on)
        if status != "done":
            self.end_shares("dropped", action)

    def pass_on(self, action: Action, owner: str) -> None:
        """Somebody else does it from here on; who was to do it reads it no more."""
        super().pass_on(action, owner)
        self.end_shares("dropped", action)

    def tell_ends(self, now: datetime) -> list[str]:
        """Return the prisons that must hear that something is shared no more; each end is told once."""
        prisons: dict[str, None] = {}
        for row in self._shares():
            if row.ended is None or row.told_at is not None:
                continue
            row.told_at = now
            self.touch("consent", row)
            share = share_of(row.to)
            action = self.action(share.action_id) if share is not None else None
            # Who declined said so themselves, and what is done needs nobody; a yes given once more still stands.
            settled = row.ended == "anew" or row.declined_at is not None or (action and action.status == "done")
            if share is not None and share.kind == "prison" and not settled:
                prisons[share.recipient] = None
        return list(prisons)

    def _shares(self) -> Iterator[Consent]:
        """Yield each yes to share that was ever given."""
        return (row for row in self.consents if row.given and row.to.startswith(SHARE))

    def _open(self, action: Action) -> Iterator[Consent]:
        """Yield each yes to share this action that has not ended."""
        rows = ((row, share_of(row.to)) for row in self._shares() if row.ended is None)
        return (row for row, share in rows if share is not None and share.action_id == action.id)

    def _remind_now(self, kind: str, action: Action, now: datetime, zone: ZoneInfo) -> None:
        local = wall(now, zone)
        self.remind(kind, local.date(), local.time().replace(microsecond=0, fold=0), zone, action)

    def _end_rows(self, kind: str, action: Action, why: str) -> None:
        for row in self.reminders:
            if (row.kind, row.action_id) == (kind, action.id) and row.state in UNSETTLED:
                self.end_reminder(row, "cancelled", why)

    def _end(self, row: Consent, why: Ended) -> None:
        if row.given and row.ended is None:
            row.ended = why
            self.touch("consent", row)

    def _standing(self, action: Action) -> Consent | None:
        """Return the yes on which the prison reads an action now: storage/scope.py says the same in SQL."""
        if self.prison is None or self.phase not in SHARING:
            return None
        if action.owner != "casemanager" or action.status not in SHOWN or action.private:
            return None
        to = to_prison(self.prison, action.id)
        row = next((row for row in reversed(self.consents) if row.to == to), None)
        return row if row is not None and row.given and row.ended is None else None

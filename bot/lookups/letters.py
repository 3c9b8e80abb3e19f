"""Letters: who needs one, and a batch of them with fresh codes, ready to be typeset."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.stores import Stores
from conversations.content.letters.languages import LetterLanguages
from conversations.content.letters.rules import LetterRules
from conversations.content.region import Region
from conversations.words.letter_texts import LettersDue, SentBatch, letter
from conversations.words.wording import words_for
from storage import installation
from storage.case.case import Case
from storage.case.phases import BEFORE
from storage.clock import instant, wall
from storage.schema import cases, contacts, pending
from storage.scope import Scope, in_area

# A letter's code without a reporting date (design.md, Invitations).
WITHOUT_DATE = timedelta(days=90)

# Letters that ask somebody to come and talk go to who waits at home to be called up.
_AT_HOME = cases.c.phase.in_(BEFORE) & cases.c.outcome.is_distinct_from("cancelled")
_FIRST = (
    select(cases.c.ref)
    .join(pending, pending.c.case_id == cases.c.id)
    .where(pending.c.reason == "no_letter_sent", _AT_HOME)
    .order_by(pending.c.since, cases.c.ref)
)
_inbound = contacts.alias("inbound")
# Letters that left and got no reaction, of people who have no chat.
_SILENT = (
    select(
        cases.c.ref,
        cases.c.municipality,
        func.count().label("letters"),
        func.max(contacts.c.on_).label("last"),
    )
    .join(contacts, contacts.c.case_id == cases.c.id)
    .where(
        _AT_HOME,
        cases.c.channel == "chat",
        cases.c.joined_at.is_(None),
        contacts.c.kind == "letter",
        contacts.c.direction == "out",
        ~exists().where(
            _inbound.c.case_id == cases.c.id, (_inbound.c.direction == "in") | (_inbound.c.kind == "visit")
        ),
    )
    .group_by(cases.c.id)
    .order_by(func.max(contacts.c.on_), cases.c.ref)
)


def expires(case: Case, now: datetime, zone: ZoneInfo) -> datetime:
    """Return until when a code in a letter works: the end of the reporting day, without one ninety days."""
    if case.reporting_date and case.reporting_date > wall(now, zone).date():
        return instant(case.reporting_date + timedelta(days=1), time(0), zone)
    return now + WITHOUT_DATE


async def letters_due(
    connection: AsyncConnection,
    scope: Scope,
    rules: LetterRules,
    now: datetime,
    zone: ZoneInfo,
    area: str | None = None,
) -> LettersDue:
    """Return who needs a letter or a visit, of the cases to which the actor may write letters."""
    condition = scope.visible("letters")
    if area is not None:
        condition &= in_area(area)
    due = LettersDue(first=list((await connection.execute(_FIRST.where(condition))).scalars()))
    today = wall(now, zone).date()
    for row in await connection.execute(_SILENT.where(condition)):
        due.add(row.ref, row.letters, wall(row.last, zone).date(), today, rules.ladder(row.municipality))
    return due


async def sent_today(
    connection: AsyncConnection,
    scope: Scope,
    now: datetime,
    zone: ZoneInfo,
    area: str | None = None,
    at: datetime | None = None,
) -> SentBatch | None:
    """Return the letters that were noted as sent today, of the cases to which the actor may write; None: none.

    `at`: of the batch that was noted at this moment, else of the last one. A letter that a worker noted by hand is
    none of a batch: only those of a batch count as an invitation too.
    """
    condition = scope.visible("letters")
    if area is not None:
        condition &= in_area(area)
    if at is not None:
        condition &= contacts.c.on_ == at
    today = instant(wall(now, zone).date(), time(0), zone)
    found = list(
        await connection.execute(
            select(cases.c.ref, cases.c.joined_at, contacts.c.on_)
            .join(contacts, contacts.c.case_id == cases.c.id)
            .where(
                contacts.c.kind == "letter",
                contacts.c.direction == "out",
                contacts.c.on_ >= today,
                contacts.c.on_ == cases.c.invited_at,
                condition,
            )
            .order_by(contacts.c.on_.desc(), cases.c.ref)
        )
    )
    last = [row for row in found if row.on_ == found[0].on_]
    if not last:
        return None
    left = [row.ref for row in last if row.joined_at is None]
    return SentBatch(last[0].on_, left, len(last) - len(left))


async def batch(
    connection: AsyncConnection,
    stores: Stores,
    region: Region,
    to: Sequence[Case],
    now: datetime,
    zone: ZoneInfo,
    languages: LetterLanguages,
    rules: LetterRules,
    template: str = "",
    window: bool = False,
) -> dict[str, Any]:
    """Return the data of a batch, with a fresh code in each letter; former codes of these cases end.

    Raises RuntimeError while the bot's name is not known: the codes would lead nowhere.
    """
    bot = await installation.get(connection, installation.BOT_NAME)
    if bot is None:
        raise RuntimeError(
            "The bot's name is not known yet. Run 'voorzorg check' when Telegram can be reached, then make the letters."
        )
    words = words_for("nl", zone)
    letters = []
    for case in to:
        fresh = await stores.invitations.make(connection, now, expires(case, now, zone), case_id=case.id)
        letters.append(letter(case, region, fresh, bot, words, languages, rules, window))
    return {"own_template": template, "title": words.text("Letters"), "letters": letters}

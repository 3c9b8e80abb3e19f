"""The rows of the monitoring format: plain columns of each case of a scope, and the facts that erased ones left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case_parts import LEVELS, Contact
from storage.clock import wall
from storage.figures.monitoring import answers_to_letter
from storage.figures.period import Period, month_of
from storage.schema import TALLIES, actions, cases, contacts, flags, monitoring
from storage.scope import Scope

_ROWS = select(
    *(c for c in monitoring.columns if c.name not in TALLIES),
    *(cases.c[name] for name in ("ref", "first_listed_on", "plan_agreed_on", "reporting_date")),
    cases.c.closed_reason,
).outerjoin(cases, cases.c.id == monitoring.c.case_id)
# What a row keeps of a case that was erased has no days, and a reference of nobody.
ERASED = "erased"
# What a row does not tell of a case that one may not open: the days by which an index would tell which case it is, and
# what is about health and addiction, as facts and as a domain.
_DAYS = ("first_listed_on", "letter_on", "answered_on", "plan_agreed_on", "head_start", "notice_days")
_PRIVATE = ("care", "addiction")


async def monitoring_rows(
    connection: AsyncConnection,
    scope: Scope,
    municipalities: Iterable[str],
    period: Period,
    cut: Iterable[date],
    zone: ZoneInfo,
    private: frozenset[str],
) -> list[dict[str, Any]]:
    """Return a row for each case of these municipalities that first stood on a list in a period, in that order.

    Those that the actor may open come first in each month and municipality; the others have the number of their row
    for a reference, and stand in an order of their own. `of` is the reference in each, for the audit alone. `cut`: the
    months of which the period takes a part; of these an erased case, which has no day, is left out. `private`: the
    domains of which a row tells nothing to who may not open its case.
    """
    on_these_days = select(cases.c.id).where(cases.c.first_listed_on.between(period.first, period.last))
    within = and_(
        monitoring.c.municipality.in_(list(municipalities)),
        monitoring.c.month.between(month_of(period.first), period.last),
        or_(monitoring.c.month.not_in(list(cut)), monitoring.c.case_id.in_(on_these_days)),
    )
    ids = select(monitoring.c.case_id).where(within, monitoring.c.case_id.is_not(None))
    said: dict[str, list[Contact]] = defaultdict(list)
    noted = select(contacts).where(contacts.c.case_id.in_(ids)).order_by(contacts.c.on_)
    for row in await connection.execute(noted):
        said[row.case_id].append(Contact(row.id, row.kind, row.direction, row.on_))
    done, risks = await _actions(connection, ids), await _risks(connection, ids)
    may_open = select(cases.c.id).where(cases.c.id.in_(ids), scope.visible("open"))
    opened = set((await connection.execute(may_open)).scalars())
    found = []
    for facts in (await connection.execute(_ROWS.where(within))).mappings():
        line: dict[str, Any] = dict(facts)
        case_id = line["case_id"]
        if case_id is None:
            line["ref"] = ERASED
        known = said.get(case_id, [])
        letters = [c.on for c in known if (c.kind, c.direction) == ("letter", "out")]
        answers = [c.on for c in answers_to_letter(known)]
        line["letter_on"] = wall(min(letters), zone).date() if letters else None
        line["answered_on"] = wall(min(answers), zone).date() if answers else None
        line["of"], line["open"] = None if case_id is None else line["ref"], case_id in opened
        acted, signalled = done.get(case_id, {}), risks.get(case_id, {})
        for told in () if line["open"] else (acted, signalled):
            for domain in private:
                told.pop(domain, None)
        line["actions"], line["risks"] = _in_words(acted), _in_words(signalled)
        listed, day = line["first_listed_on"], line["reporting_date"]
        line["notice_days"] = (day - listed).days if day and listed else None
        for name in ("id", "case_id", "reporting_date"):
            del line[name]
        found.append(line)
    found.sort(key=lambda line: (line["month"], line["municipality"], not line["open"], _order(line)))
    return [line if line["open"] else _numbered(line, at) for at, line in enumerate(found, 1)]


def _order(line: dict[str, Any]) -> str:
    """Return where a row stands among its like: by its reference, or where nobody can tell from."""
    return str(line["ref"]) if line["open"] else token_hex(8)


def _numbered(line: dict[str, Any], at: int) -> dict[str, Any]:
    """Return a row as it is told to who may not open its case."""
    return line | dict.fromkeys((*_DAYS, *_PRIVATE)) | {"ref": ERASED if line["of"] is None else str(at)}


def _in_words(domains: dict[str, str]) -> str:
    return "; ".join(f"{domain}: {what}" for domain, what in sorted(domains.items()))


async def _actions(connection: AsyncConnection, ids: Any) -> dict[str, dict[str, str]]:
    """Return per case what was set and done in each domain, and whose it is."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    statement = select(actions.c.case_id, actions.c.domain, actions.c.status, actions.c.owner).where(
        actions.c.case_id.in_(ids), actions.c.status.in_(("agreed", "done"))
    )
    for row in await connection.execute(statement):
        found[row.case_id][row.domain].append(row.status)
        owners[row.case_id, row.domain].add(row.owner)
    return {
        case_id: {
            domain: f"{len(said)}/{said.count('done')}, {'+'.join(sorted(owners[case_id, domain]))}"
            for domain, said in domains.items()
        }
        for case_id, domains in found.items()
    }


async def _risks(connection: AsyncConnection, ids: Any) -> dict[str, dict[str, str]]:
    """Return per case the highest level that was signalled in each domain."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    statement = select(flags.c.case_id, flags.c.domain, flags.c.level).where(flags.c.case_id.in_(ids))
    for row in await connection.execute(statement):
        known = found[row.case_id].get(row.domain, "none")
        found[row.case_id][row.domain] = max(known, row.level, key=LEVELS.index)
    return found

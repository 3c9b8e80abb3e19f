"""Columns and the catalogue of tables: what each column is labelled with, and how a moment is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, ForeignKey, LargeBinary, MetaData, String, TypeDecorator

LABELS = ("public", "pseudonymous", "personal", "special")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Instant(TypeDecorator[datetime]):
    """A moment, aware, kept as whole milliseconds since 1970 in UTC: the same on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Turn an aware moment into milliseconds."""
        return None if value is None else (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Turn milliseconds into an aware moment in UTC."""
        return None if value is None else _EPOCH + timedelta(milliseconds=value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def labelled(label: str, name: str, type_: Any, *args: Any, **more: Any) -> Column[Any]:
    """Return a column with its label; it is never empty unless said so."""
    more.setdefault("nullable", False)
    return Column(name, type_, *args, info={"label": label}, **more)


def public(name: str, type_: Any, *args: Any, **more: Any) -> Column[Any]:
    """A column that says nothing of a person."""
    return labelled("public", name, type_, *args, **more)


def pseudonymous(name: str, type_: Any, *args: Any, **more: Any) -> Column[Any]:
    """A column about a case, without saying whose."""
    return labelled("pseudonymous", name, type_, *args, **more)


def sealed(label: str, name: str, **more: Any) -> Column[Any]:
    """A column of sealed blobs, `personal` or `special`."""
    return labelled(label, name, LargeBinary, **more)


def row_id() -> Column[Any]:
    """The identity of a row, known before it is written."""
    return pseudonymous("id", String(32), primary_key=True)


def of_case() -> Column[Any]:
    """The case from which a row hangs, and with which it goes."""
    return pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), index=True)

"""PostgreSQL's own: its address, the lock that lets one writer in at a time, and how its errors are told."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import URL, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, OperationalError

# Milliseconds. A writer waits this long for another one; a transaction whose process stands still holds the others up
# at most this long: its session is ended then.
BUSY_MS, IDLE_MS = 5_000, 20_000
# Seconds until a server that says nothing counts as gone: for a connection, and for a statement.
CONNECT, STATEMENT = 10, 30

# The key of the one writer's lock: "voorzorg" as a number.
WRITER = int.from_bytes(b"voorzorg", "big")
# The first statement of every transaction that writes. As under SQLite's BEGIN IMMEDIATE, nothing that such a
# transaction has read changes before its end, whichever process writes beside it. Lock and settings are the
# transaction's own and end with it, so they hold behind PgBouncer in transaction mode too. It needs READ COMMITTED: a
# snapshot that was taken before the lock would show what stood there before the others wrote.
BEGIN_WRITE = text(
    f"SELECT set_config('lock_timeout', '{BUSY_MS}', true), "
    f"set_config('idle_in_transaction_session_timeout', '{IDLE_MS}', true), pg_advisory_xact_lock({WRITER})"
)

WRITE: dict[str, Any] = {"isolation_level": "READ COMMITTED"}
READ: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
ENGINE: dict[str, Any] = {
    "connect_args": {
        "timeout": CONNECT,
        "command_timeout": STATEMENT,
        "server_settings": {"application_name": "voorzorg"},
    }
}

# PostgreSQL manual, appendix A. Classes: connection, resources, operator intervention, system, conflict of
# transactions. Single codes: the lock was not to be had in time; a server that only reads, after a switch-over.
_PASSING_CLASSES = ("08", "53", "57", "58", "40")
_PASSING = ("55P03", "25006")
_DATA = "22"

# Milliseconds that others wait at most for a table that waits to be written anew; seconds that writing it may take.
REWRITE_LOCK_MS, REWRITE = 500, 600

LOCKED = "55P03"
NO_SUCH_DATABASE = "3D000"
NOT_LET_IN = "28"


def with_libpq_words(url: URL) -> URL:
    """Return an address in which `sslmode`, libpq's word, is asyncpg's `ssl`."""
    mode = url.query.get("sslmode")
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode}) if mode else url


def state_of(error: DBAPIError) -> str:
    """Return the SQLSTATE of an error, or nothing when it did not come from the server."""
    return getattr(error.orig, "sqlstate", None) or ""


def tell(context: ExceptionContext) -> BaseException | None:
    """Return an error as the rest of the program knows it from SQLite, without any value of the statement.

    Whatever may pass is an OperationalError. asyncpg quotes values that do not fit, and the server's details hold whole
    rows: neither is told on.
    """
    error = context.original_exception
    if isinstance(error, OSError):
        context.is_disconnect = True  # nobody knows where the conversation with the server stands
        return OperationalError(None, None, error, hide_parameters=True)
    wrapped = context.sqlalchemy_exception
    if not isinstance(wrapped, DBAPIError):
        return None
    error.__cause__, error.__suppress_context__ = None, True
    state = state_of(wrapped)
    if state.startswith(_DATA):
        error.args = (f"a value does not fit ({state})",)
        return type(wrapped)(context.statement, None, error, hide_parameters=True)
    if context.is_disconnect or state.startswith(_PASSING_CLASSES) or state in _PASSING:
        return OperationalError(context.statement, None, error, hide_parameters=True)
    return None


async def rewritten(driver: Any, table: str) -> bool:
    """Write a table anew, without its dead rows; False when it is in use, or somebody's view still needs one of them.

    A plain VACUUM only marks their room as free: their bytes stay in the file until something else is written there.
    """
    said: list[str] = []

    def listen(_: Any, message: Any) -> None:
        said.append(message.detail or "")

    driver.add_log_listener(listen)
    await driver.execute(f"SET lock_timeout = {REWRITE_LOCK_MS}")
    try:
        await driver.execute(f'VACUUM (FULL, VERBOSE) "{table}"', timeout=REWRITE)
    except Exception as error:
        if getattr(error, "sqlstate", "") == LOCKED:
            return False
        raise
    finally:
        driver.remove_log_listener(listen)
        await driver.execute("RESET lock_timeout")
    # "0 dead row versions cannot be removed yet": in whatever language, the number comes first. The table's own comes
    # before that of the table with its long values.
    kept = [int(found[0]) for detail in said if (found := re.search(r"\d+", detail))]
    return bool(kept) and not any(kept)

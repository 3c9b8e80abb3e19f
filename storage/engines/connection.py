"""A connection as those hold it who hand it on, and the errors that it raises: no SQL is written with these.

OperationalError: the database does not answer for the moment. DBAPIError: whatever its driver said, in `orig`.
SQLAlchemyError: any of them.
"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

__all__ = ["AsyncConnection", "DBAPIError", "OperationalError", "SQLAlchemyError"]

"""Sweeping: what was deleted goes out of the database's files too, however long somebody still reads it."""

from __future__ import annotations

from bot import logs
from storage.engines import residue
from storage.engines.database import Database

# Looks that follow each other at once; after so many that were of no avail, only each so-manieth.
EAGER, THEN_EACH = 30, 30


class Sweeper:
    """Looks, at every tick, whether something is to be swept."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._in_vain = 0

    async def look(self) -> bool:
        """Sweep, if there is anything; True when nothing is left."""
        self._in_vain += 1
        if self._in_vain > EAGER and self._in_vain % THEN_EACH:
            return False
        try:
            done = await residue.sweep(self._database)
        except Exception as error:  # the driver's own words: nothing is sent through SQLAlchemy here
            logs.get().warning("what was deleted is not swept yet", error=type(error).__name__, where=logs.where(error))
            return False
        if done:
            self._in_vain = 0
        elif self._in_vain % EAGER == 0:
            logs.get().warning("what was deleted is still read by somebody, and not swept", count=self._in_vain)
        return done

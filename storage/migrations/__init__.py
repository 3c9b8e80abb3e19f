"""Migrations: the tables through time, up to the version that this code works with (storage/schema/version.py)."""

from __future__ import annotations

from storage.engines.errors import SchemaError
from storage.schema.version import HEAD


def upgrade(url: str) -> None:
    """Bring the database at a SQLAlchemy URL up to HEAD; makes the tables when there are none.

    Raises SchemaError when it cannot be reached, or was made by a newer program.
    """
    from pathlib import Path

    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["url"] = url
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise SchemaError(
            f"The tables are of a version that this program (version {HEAD}) does not know. Bring Voorzorg up to date."
        ) from None

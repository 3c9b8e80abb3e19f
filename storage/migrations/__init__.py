"""Migrations: the tables through time. HEAD names the version that this code works with."""

from __future__ import annotations

HEAD = "0016"


def upgrade(url: str) -> None:
    """Bring the database at a SQLAlchemy URL up to HEAD; makes the tables when there are none.

    Raises SchemaError when it cannot be reached, or was made by a newer program.
    """
    from pathlib import Path

    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    from storage.engines.database import SchemaError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["url"] = url
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise SchemaError(
            f"The tables are of a version that this program (version {HEAD}) does not know. Bring Voorzorg up to date."
        ) from None

"""The tables through time. HEAD names the version that this code works with."""

from __future__ import annotations

HEAD = "0001"


def upgrade(url: str) -> None:
    """Bring the database at a SQLAlchemy URL up to HEAD; makes the tables when there are none."""
    from pathlib import Path

    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["url"] = url
    command.upgrade(config, "head")

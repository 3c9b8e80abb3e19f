"""Every setting, read from the environment or a .env file; the names are part of the interface."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of one installation. Secrets do not show when it is printed."""

    model_config = SettingsConfigDict(env_prefix="VOORZORG_", env_file=".env", extra="ignore")

    bot_token: SecretStr = SecretStr("")
    bot_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite+aiosqlite:///data/voorzorg.db"
    master_key_file: Path = Path("data/master.keys")
    timezone: str = "Europe/Amsterdam"
    region_file: Path | None = None
    checklist_file: Path | None = None
    proxy_url: str | None = None
    staff_totp: Literal["required", "off"] = "required"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    # Seconds; the Bot API holds a getUpdates call at most 50.
    poll_seconds: int = Field(default=50, ge=0, le=50)
    # What Telegram allows a bot (bots FAQ): 30 messages a second, one a second in a chat.
    messages_per_second: float = Field(default=30, gt=0)
    chat_messages_per_second: float = Field(default=1, gt=0)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"there is no time zone {value}; write for example Europe/Amsterdam") from None
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days begin and reminders are due."""
        return ZoneInfo(self.timezone)

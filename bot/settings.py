"""Settings, each read from the environment or a .env file; the names are part of the interface."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.engines.address import address
from storage.engines.errors import SchemaError


class Settings(BaseSettings):
    """The settings of one installation. Secrets do not show when it is printed."""

    model_config = SettingsConfigDict(env_prefix="VOORZORG_", env_file=".env", extra="ignore")

    bot_token: SecretStr = SecretStr("")
    bot_api_url: str = "https://api.telegram.org"
    # It may hold a password.
    database_url: str = Field(default="sqlite+aiosqlite:///data/voorzorg.db", repr=False)
    master_key_file: Path = Path("data/master.keys")
    timezone: str = "Europe/Amsterdam"
    # A folder whose files go by the names of the packaged ones; a single file below goes before it.
    content_folder: Path | None = None
    tracks_folder: Path | None = None
    region_file: Path | None = None
    checklist_file: Path | None = None
    measures_file: Path | None = None
    sentences_file: Path | None = None
    dispatch_file: Path | None = None
    crisis_file: Path | None = None
    letters_file: Path | None = None
    letter_languages_file: Path | None = None
    # A template of one's own in place of bot/errands/documents/templates/letter.typ.
    letter_template: Path | None = None
    targets_file: Path | None = None
    audio_folder: Path | None = None
    facts_file: Path | None = None
    # Whether coordinators can make a pseudonymous extract for research.
    research_extract: Literal["on", "off"] = "off"
    # With an address, Telegram brings updates there; without one, they are fetched.
    webhook_url: str | None = None
    webhook_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    listen: str = "127.0.0.1:8081"
    proxy_url: str | None = None
    staff_totp: Literal["required", "off"] = "required"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    # Seconds; the Bot API holds a getUpdates call at most 50.
    poll_seconds: int = Field(default=50, ge=0, le=50)
    # What Telegram allows a bot (bots FAQ): 30 messages a second, one a second in a chat.
    messages_per_second: float = Field(default=30, gt=0)
    chat_messages_per_second: float = Field(default=1, gt=0)
    # Seconds after which a standby takes over from a process that has gone silent (PostgreSQL only). A process that
    # has stood still for longer ends.
    lease_seconds: float = Field(default=30, ge=1)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        try:
            address(value)
        except SchemaError as error:
            raise ValueError(str(error)) from None
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"there is no time zone {value}; write for example Europe/Amsterdam") from None
        return value

    @field_validator("webhook_url")
    @classmethod
    def _safe_address(cls, value: str | None) -> str | None:
        if not value:
            return None
        parts = urlsplit(value)
        # Our own Bot API server brings updates to this machine without TLS.
        plain = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
        if not parts.hostname or not (parts.scheme == "https" or plain):
            raise ValueError("write an address that begins with https://")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _usable_secret(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        secret = value.get_secret_value()
        if info.data.get("webhook_url") and not secret:
            raise ValueError("a webhook needs a secret: write a long random one")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise ValueError("write at most 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        if (
            not re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):\d{1,5}", value)
            or int(value.rpartition(":")[2]) > 65535
        ):
            raise ValueError("write a host and a port, for example 127.0.0.1:8081")
        return value

    @property
    def listen_at(self) -> tuple[str, int]:
        """The host and the port to listen on."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days begin and reminders are due."""
        return ZoneInfo(self.timezone)

"""A bare caller of the Bot API, and what it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.webchat.server import Server


@dataclass
class Reply:
    """What the Bot API answered."""

    status: int
    body: dict[str, Any]
    headers: Any

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        assert not self.body["ok"], self.body
        assert self.body["error_code"] == self.status
        return self.status, self.body["description"]


class Caller:
    """Calls methods with JSON bodies."""

    def __init__(self, session: aiohttp.ClientSession, server: Server) -> None:
        self.session = session
        self.server = server

    async def __call__(self, method: str, **fields: Any) -> Reply:
        url = f"{self.server.url}/bot{self.server.token}/{method}"
        async with self.session.post(url, json=fields) as answer:
            return Reply(answer.status, await answer.json(), answer.headers)

    async def updates(self, **fields: Any) -> list[dict[str, Any]]:
        return (await self("getUpdates", **fields)).result

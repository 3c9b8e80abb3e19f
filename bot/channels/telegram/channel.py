"""Telegram as a channel: what goes out, rendered and sent through the Bot API, and its refusals in the port's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.port import Attachment, GoneError, LaterError, Message, RefusedError, UnknownError
from bot.channels.telegram.render import message_of
from bot.channels.telegram.transport import wait_of
from conversations.buttons import Buttons

# What Telegram says (measured; it has no codes for these).
_NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid")
_MISSING = ("message to edit not found", "message can't be edited", "message_id_invalid", "message to delete not found")
_SAYS_SO_ALREADY = "not modified"
_TOO_LARGE = "too big"


class TelegramChannel:
    """Telegram, as the port has it."""

    def __init__(self, bot: Bot, buttons: Buttons) -> None:
        self._bot = bot
        self._buttons = buttons

    async def answer(self, tap: str, text: str) -> None:
        """Answer a tap."""
        await self._call("answerCallbackQuery", callback_query_id=tap, text=text)

    async def send(self, to: int, message: Message, silent: bool = False) -> int:
        """Send a message; returns its number."""
        silently = {"disable_notification": True} if silent else {}
        sent = await self._call("sendMessage", chat_id=to, **self._rendered(message), **silently)
        return int(sent["message_id"])

    async def attach(self, to: int, attachment: Attachment) -> int:
        """Send a picture or a file; returns the number of its message."""
        kind = "photo" if attachment.picture else "document"
        file = InputFile(attachment.content, attachment.name, attach=True)
        more = {"parse_mode": "HTML"} if attachment.marked_up else {}
        method = f"send{kind.capitalize()}"
        sent = await self._call(method, chat_id=to, caption=attachment.caption, **{kind: file}, **more)
        return int(sent["message_id"])

    async def edit(self, to: int, number: int, message: Message) -> None:
        """Let a message say something else."""
        await self._call("editMessageText", chat_id=to, message_id=number, **self._rendered(message))

    async def delete(self, to: int, number: int) -> None:
        """Take a message out of a chat."""
        try:
            await self._call("deleteMessage", chat_id=to, message_id=number)
        except RefusedError as error:
            if not error.missing:
                raise

    async def delete_all(self, to: int, numbers: Sequence[int]) -> None:
        """Take messages out of a chat."""
        await self._call("deleteMessages", chat_id=to, message_ids=list(numbers))

    async def menu(self, to: int | None, commands: Sequence[dict[str, str]]) -> None:
        """Give a chat its menu."""
        scope = {} if to is None else {"scope": {"type": "chat", "chat_id": to}}
        await self._call("setMyCommands", commands=list(commands), **scope)

    async def fetch(self, handle: str) -> bytes:
        """Fetch a file."""
        with _in_words_of_the_port():
            file = await self._bot.get_file(handle)
            return bytes(await file.download_as_bytearray())

    async def leave(self, to: int) -> None:
        """Leave a group."""
        await self._call("leaveChat", chat_id=to)

    async def decline(self, query: str) -> None:
        """Answer an inline query with nothing."""
        await self._call("answerInlineQuery", inline_query_id=query, results=[], cache_time=0)

    def _rendered(self, message: Message) -> dict[str, Any]:
        if message.made is not None:
            return message.made
        return message_of(self._buttons, message.owner, message.screen, message.number)

    async def _call(self, method: str, **payload: Any) -> Any:
        """Call a method of the Bot API."""
        with _in_words_of_the_port():
            return await self._bot.do_api_request(method, api_kwargs=payload)


@contextmanager
def _in_words_of_the_port() -> Iterator[None]:
    """Turn what Telegram refuses into what a channel raises."""
    try:
        yield
    except RetryAfter as error:
        raise LaterError("429", wait_of(error)) from None
    except Forbidden:
        raise GoneError("blocked") from None
    except BadRequest as error:
        text = error.message.lower()
        if any(nobody in text for nobody in _NOBODY_THERE):
            raise GoneError("no chat") from None
        if _SAYS_SO_ALREADY not in text:
            missing = any(missing in text for missing in _MISSING)
            raise RefusedError(missing=missing, too_large=_TOO_LARGE in text) from None
    except (InvalidToken, EndPointNotFound):  # do_api_request turns the one into the other
        raise PermissionError("Telegram does not know this token. Set VOORZORG_BOT_TOKEN to a valid one.") from None
    except TimedOut:
        raise UnknownError from None
    except NetworkError:
        raise LaterError("network") from None
    except TelegramError:
        raise LaterError("telegram") from None

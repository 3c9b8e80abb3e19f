"""The reading of an update of Telegram's, by python-telegram-bot: what was said."""

from __future__ import annotations

from typing import Any

from telegram import Bot, CallbackQuery, ChatMember, ChatMemberUpdated, Message, MessageEntity, Update

from bot.channels.telegram.envelope import ALLOWED_UPDATES
from conversations.said import Command, Edited, File, Left, Said, Sent, SentKind, Tapped, Typed


class NothingSaidError(Exception):
    """An update of which nobody can tell what was said."""


def read(update: dict[str, Any], bot: Bot) -> Said:
    """Return what was said in a private chat; raises NothingSaidError when it is nothing that we know."""
    # The number of a tapped message is all that is used of it, and to make an object of it takes longer than the rest.
    on: int | None = None
    if isinstance(query := update.get("callback_query"), dict):
        on = query["message"].get("message_id")
        update = update | {"callback_query": {name: query[name] for name in query if name != "message"}}
    content: dict[str, Any] = next((update[kind] for kind in ALLOWED_UPDATES if kind in update), {})
    language = str((content.get("from") or {}).get("language_code", ""))[:2]
    parsed = Update.de_json(update, bot)
    if parsed.callback_query is not None:
        return _tapped(parsed.callback_query, on, language)
    if parsed.my_chat_member is not None:
        return _left(parsed.my_chat_member, language)
    message = parsed.effective_message
    if message is None:
        raise NothingSaidError
    written = content.get("date")
    common: dict[str, Any] = {
        "message": message.message_id,
        "written": written if isinstance(written, int) else None,
        "language": language,
    }
    if parsed.edited_message is not None:
        return Edited(text=message.text or message.caption, **common)
    if (entity := _command_in(message)) is not None:
        return _command(message, entity, bot, common)
    if message.text and message.forward_origin is None:
        reply = message.reply_to_message
        return Typed(text=message.text or "", reply_to=reply.message_id if reply else None, **common)
    return _sent(message, common)


def posted_in(update: dict[str, Any]) -> str:
    """Return the words of a message in a group."""
    message = update.get("message") or update.get("edited_message") or {}
    text = message.get("text")
    return text if isinstance(text, str) else ""


def query_in(update: dict[str, Any]) -> str:
    """Return the id of an inline query."""
    query: str = update["inline_query"]["id"]
    return query


def _tapped(query: CallbackQuery, on: int | None, language: str) -> Tapped:
    if query.data is None:
        raise NothingSaidError
    return Tapped(tap=query.id, data=query.data, on=on, language=language)


def _left(change: ChatMemberUpdated, language: str) -> Left:
    return Left(left=change.new_chat_member.status == ChatMember.BANNED, language=language)


def _command_in(message: Message) -> MessageEntity | None:
    """Return the command with which a message begins, if it does."""
    first = message.entities[0] if message.entities else None
    return first if first is not None and first.type == MessageEntity.BOT_COMMAND and first.offset == 0 else None


def _command(message: Message, entity: MessageEntity, bot: Bot, common: dict[str, Any]) -> Command:
    text = message.text or ""
    name, _, addressee = message.parse_entity(entity)[1:].partition("@")
    return Command(
        name=name.lower(),
        args=text.split(maxsplit=1)[1].strip() if len(text.split(maxsplit=1)) > 1 else "",
        text=text,
        forwarded=message.forward_origin is not None,
        elsewhere=bool(addressee) and addressee.casefold() != bot.username.casefold(),
        **common,
    )


def _sent(message: Message, common: dict[str, Any]) -> Sent:
    document = message.document
    return Sent(
        kind=_kind(message),
        text=message.text or message.caption,
        file=File(document.file_id, document.file_name or "", document.file_size or 0) if document else None,
        album=message.media_group_id,
        forwarded=message.forward_origin is not None,
        **common,
    )


def _kind(message: Message) -> SentKind:
    if message.photo or message.document or message.video:
        return "picture"
    if message.contact or message.location or message.venue:
        return "place"
    return "text" if message.text else "other"

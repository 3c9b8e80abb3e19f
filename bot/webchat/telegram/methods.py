"""The Bot API methods that a bot may call here: each checks what Telegram checks, and changes the world."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.webchat.chat import Chat
from bot.webchat.group import Group
from bot.webchat.phone import Phone
from bot.webchat.queue import INLINE_LIFETIME
from bot.webchat.telegram import attachments, entities
from bot.webchat.telegram.errors import bad_request, not_modified, query_too_old, too_large, webhook_active
from bot.webchat.telegram.fields import Fields, flag, marks, number, record, string, structure, upload
from bot.webchat.telegram.files import PHOTO_BYTES, PICTURES, UPLOAD_BYTES
from bot.webchat.telegram.markup import inline_keyboard
from bot.webchat.telegram.menus import read_commands, read_language, read_scope
from bot.webchat.world import World

JSON = dict[str, Any]

# UTF-16 units, after entity parsing.
TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
RAW_TEXT_BYTES = 32768
ANSWER_LENGTH = 200
# The rest is left out (python-telegram-bot's constants).
ENTITIES = 100
INLINE_RESULTS = 50
DELETABLE_SECONDS = 48 * 3600
DELETED_AT_ONCE = 100


class Methods:
    """What the bot can do in a world; `table` has the methods by their lower-case names, without getUpdates."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.table: dict[str, Callable[[Fields], Any]] = {
            "getme": self.get_me,
            "sendmessage": self.send_message,
            "editmessagetext": self.edit_message_text,
            "deletemessage": self.delete_message,
            "deletemessages": self.delete_messages,
            "answercallbackquery": self.answer_callback_query,
            "answerinlinequery": self.answer_inline_query,
            "senddocument": self.send_document,
            "sendphoto": self.send_photo,
            "getfile": self.get_file,
            "setmycommands": self.set_my_commands,
            "deletemycommands": self.delete_my_commands,
            "getmycommands": self.get_my_commands,
            "leavechat": self.leave_chat,
            "setwebhook": world.webhook.set,
            "deletewebhook": world.webhook.delete,
            "getwebhookinfo": world.webhook.info,
        }
        world.webhook.courier.perform = self._perform

    def get_me(self, fields: Fields) -> JSON:
        """Return the bot."""
        able = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
        return {**self.world.bot, **able}

    async def get_updates(self, fields: Fields) -> bytes:
        """Return the waiting updates as JSON; remembers `allowed_updates` when it is given."""
        if self.world.webhook.url:
            raise webhook_active()
        allowed = structure(fields, "allowed_updates")
        if isinstance(allowed, list):
            self.world.updates.allowed = frozenset(map(str, allowed))
        return await self.world.updates.get(
            number(fields, "offset"), number(fields, "limit", 100), number(fields, "timeout")
        )

    def send_message(self, fields: Fields) -> JSON:
        """Send a text and return the message."""
        chat = self._chat(fields)
        return self._send(chat, fields, self._message_text(fields))

    def send_document(self, fields: Fields) -> JSON:
        """Send a file, uploaded or known by its file_id, and return the message."""
        chat = self._chat(fields)
        file = upload(fields, "document")
        if isinstance(file, str):
            file_id, document = file, self.world.files.get(file)
            if document is None:
                raise bad_request("wrong file identifier/HTTP URL specified")
            named = self.world.files.named(file_id)
        else:
            if not file.content:
                raise bad_request("file must be non-empty")
            if len(file.content) > UPLOAD_BYTES:
                raise too_large()
            document, named = file, self.world.files.keep(file)
        content: JSON = {"document": {"file_name": document.name, "mime_type": document.mime, **named}}
        caption = self._text(fields, "caption", CAPTION_LENGTH)
        return self._send(chat, fields, {**content, **{key: value for key, value in caption.items() if value}})

    def send_photo(self, fields: Fields) -> JSON:
        """Send a picture, uploaded or known by its file_id, and return the message."""
        chat = self._chat(fields)
        file = upload(fields, "photo")
        if isinstance(file, str):
            known = self.world.files.get(file)
            if known is None:
                raise bad_request("wrong file identifier/HTTP URL specified")
            file = known
        if not file.content:
            raise bad_request("file must be non-empty")
        if len(file.content) > PHOTO_BYTES:
            raise bad_request("file is too big")
        if not file.content.startswith(PICTURES):
            raise bad_request("IMAGE_PROCESS_FAILED")
        caption = self._text(fields, "caption", CAPTION_LENGTH)
        content = attachments.photo(self.world.files, file.content)
        return self._send(chat, fields, {**content, **{key: value for key, value in caption.items() if value}})

    def edit_message_text(self, fields: Fields) -> JSON:
        """Replace text and buttons of a message of the bot and return it."""
        chat, message = self._message(fields, "edit")
        if message.get("from", {}).get("id") != self.world.bot["id"]:
            raise bad_request("message can't be edited")
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        content = self._message_text(fields)
        keyboard = inline_keyboard(fields.get("reply_markup"))
        if keyboard:
            content["reply_markup"] = keyboard
        changeable = ("text", "entities", "link_preview_options", "reply_markup")
        if content == {key: message[key] for key in changeable if key in message}:
            raise not_modified()
        for key in changeable:
            message.pop(key, None)
        message.update(content, edit_date=self.world.seconds())
        chat.touched(message["message_id"])
        return message

    def delete_message(self, fields: Fields) -> bool:
        """Take a message out of the chat, the person's own included."""
        if not fields.get("chat_id"):
            raise bad_request("chat identifier is not specified")
        if not number(fields, "message_id"):
            raise bad_request("message identifier is not specified")
        chat, message = self._message(fields, "delete")
        own = message.get("from", {}).get("id") == self.world.bot["id"]
        if not (own or isinstance(chat, Phone)):
            raise bad_request("message can't be deleted")
        if self.world.seconds() - message["date"] >= DELETABLE_SECONDS:
            raise bad_request("message can't be deleted for everyone")
        del chat.history[message["message_id"]]
        chat.changed()
        return True

    def delete_messages(self, fields: Fields) -> bool:
        """Take up to a hundred messages out of the chat; those that are not there are skipped."""
        chat, ids = self._chat(fields), structure(fields, "message_ids") or []
        if not isinstance(ids, list) or not 1 <= len(ids) <= DELETED_AT_ONCE:
            raise bad_request("message identifiers are not specified")
        for identity in ids:
            if identity in chat.history:
                self.delete_message({**fields, "message_id": str(identity)})
        return True

    def answer_callback_query(self, fields: Fields) -> bool:
        """End the spinner on a button, with a text or without; once, and in time."""
        text = string(fields, "text")
        if entities.utf16(text) > ANSWER_LENGTH:
            raise bad_request("MESSAGE_TOO_LONG")
        phone = self._asked(self.world.taps, fields, "callback_query_id", "callback_query")
        if text:
            phone.toasts.append(text)
        phone.changed()
        return True

    def answer_inline_query(self, fields: Fields) -> bool:
        """Answer an inline query; once, and in time."""
        results = structure(fields, "results") or []
        if not isinstance(results, list):
            raise bad_request("expected an Array of inline query results")
        if len(results) > INLINE_RESULTS:
            raise bad_request("too many inline query results specified")
        phone = self._asked(self.world.inline_queries, fields, "inline_query_id", "inline_query")
        phone.inline_results = results
        phone.changed()
        return True

    def get_file(self, fields: Fields) -> JSON:
        """Return where a file can be downloaded, up to 20 MB, for an hour."""
        return self.world.files.link(string(fields, "file_id"))

    def set_my_commands(self, fields: Fields) -> bool:
        """Set the menu for a scope and a language."""
        commands, scope = read_commands(fields), self._scope(fields)
        self.world.set_commands(scope, read_language(fields), commands)
        return True

    def delete_my_commands(self, fields: Fields) -> bool:
        """Drop the menu of a scope and a language: the next wider one shows."""
        self.world.set_commands(self._scope(fields), read_language(fields), [])
        return True

    def get_my_commands(self, fields: Fields) -> list[JSON]:
        """Return the menu of exactly this scope and language."""
        return self.world.commands.get((self._scope(fields), read_language(fields)), [])

    def leave_chat(self, fields: Fields) -> bool:
        """Go out of a group or a channel."""
        chat = self._chat(fields)
        if not isinstance(chat, Group):
            raise bad_request("chat member status can't be changed in private chats")
        chat.leave()
        return True

    def _perform(self, method: str, fields: Fields) -> None:
        """Do what the answer to a webhook asks for."""
        if method in self.table:
            self.table[method](fields)

    def _chat(self, fields: Fields) -> Chat:
        if not fields.get("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.world.chats.get(number(fields, "chat_id"))
        if chat is None:
            raise bad_request("chat not found")
        chat.check_writable()
        return chat

    def _message(self, fields: Fields, verb: str) -> tuple[Chat, JSON]:
        if fields.get("inline_message_id"):
            raise bad_request("MESSAGE_ID_INVALID")
        chat = self._chat(fields)
        message = chat.history.get(number(fields, "message_id"))
        if message is None:
            raise bad_request(f"message to {verb} not found")
        return chat, message

    def _scope(self, fields: Fields) -> str:
        scope, chat_id = read_scope(fields)
        if chat_id is None:
            return scope
        # Who blocked the bot can have a menu all the same.
        chat = self.world.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if isinstance(chat, Phone) and not scope.startswith("chat:"):
            raise bad_request("can't use specified scope in private chats")
        if chat.kind == "channel":
            raise bad_request("can't change commands in channel chats")
        return scope

    def _message_text(self, fields: Fields) -> JSON:
        if not string(fields, "text"):
            raise bad_request("message text is empty")
        content = self._text(fields, "text", TEXT_LENGTH)
        if not content["text"]:
            raise bad_request("text must be non-empty")
        return content

    def _text(self, fields: Fields, name: str, longest: int) -> JSON:
        raw = string(fields, name)
        if len(raw) > RAW_TEXT_BYTES // 4 and len(raw.encode()) > RAW_TEXT_BYTES:
            raise bad_request("text is too long")
        mode = string(fields, "parse_mode").lower()
        if mode not in ("", "html"):
            raise bad_request("unsupported parse_mode")
        key = "caption_entities" if name == "caption" else "entities"
        text, found = entities.rich(raw) if mode else entities.plain(raw)
        if not mode:
            found = marks(fields, key) or found
        if entities.utf16(text) > longest:
            raise bad_request("message is too long" if name == "text" else "message caption is too long")
        kept = [mark for mark in map(self.world.mention, found) if mark][:ENTITIES]
        content: JSON = {name: text, key: kept} if kept else {name: text}
        if preview := record(fields, "link_preview_options"):
            content["link_preview_options"] = preview
        return content

    def _send(self, chat: Chat, fields: Fields, content: JSON) -> JSON:
        keyboard = inline_keyboard(fields.get("reply_markup"))
        reply = record(fields, "reply_parameters")
        message_id = number(reply, "message_id") or number(fields, "reply_to_message_id")
        if message_id in chat.history:
            content = {"reply_to_message": chat.quoted(message_id), **content}
        elif message_id and not (
            flag(reply, "allow_sending_without_reply") or flag(fields, "allow_sending_without_reply")
        ):
            raise bad_request("message to be replied not found")
        if keyboard:
            content["reply_markup"] = keyboard
        if flag(fields, "protect_content"):
            content["has_protected_content"] = True
        return chat.receive(self.world.bot, content)

    def _asked(self, queries: dict[str, tuple[int, float]], fields: Fields, name: str, kind: str) -> Phone:
        chat_id, asked_at = queries.pop(string(fields, name), (0, 0.0))
        phone = self.world.chats.get(chat_id)
        lifetime = self.world.updates.lifetimes.get(kind, INLINE_LIFETIME).total_seconds()
        if not isinstance(phone, Phone) or self.world.clock.now().timestamp() - asked_at >= lifetime:
            raise query_too_old()
        return phone

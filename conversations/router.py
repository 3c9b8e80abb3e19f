"""Which conversation an update belongs to, and what everybody's share: signed buttons, sign-in, odd messages, notes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any

from telegram import ChatMember, Update
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from conversations import casemanager, coordinator, reminders, roles, self_reporter, shared, worker
from conversations.buttons import Buttons
from conversations.effects.chat import TakeOut
from conversations.effects.trace import Trace
from conversations.notices import UNFOLD, to_administrators
from conversations.registry import BESIDE, Conversation, gather
from conversations.rules.pin import is_locked
from conversations.screen import Screen
from conversations.self_reporter.arrival import coming_back
from conversations.self_reporter.day import comes_first
from conversations.self_reporter.home import start
from conversations.self_reporter.phone import aloud, lock
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.rights import stopping
from conversations.turn import NotHandledError, Turn
from conversations.words.fitting import first_lines
from conversations.words.typed import readable
from conversations.worker.today import sign_in
from storage.scope import NotYoursError

gather(self_reporter, reminders, worker, coordinator, casemanager, shared)
_CONVERSATIONS = {
    c.role: c
    for c in (
        *(roles.stranger, roles.self_reporter, roles.worker, roles.coordinator),
        *(roles.casemanager, roles.member),
    )
}
# Buttons that are not theirs, after which somebody looks (hostile input 60).
DENIALS = 3

CURRENT: ContextVar[Turn] = ContextVar("turn")


class TurnContext(CallbackContext[Any, Any, Any, Any]):
    """Hands the turn that the round has loaded to the handler; does no work of its own."""

    @property
    def turn(self) -> Turn:
        """The turn of the update that is handled now."""
        return CURRENT.get()


def conversation_of_role(role: str) -> Conversation:
    """Return the conversation of a role."""
    return _CONVERSATIONS.get(role, roles.member)


def conversation_of(turn: Turn) -> Conversation:
    """Return the conversation of the actor's role."""
    return conversation_of_role(turn.actor.role)


_Handles = Callable[[Update, TurnContext], Coroutine[Any, Any, None]]


def _taken_out(handles: _Handles) -> _Handles:
    """Take what came in out of the chat once it is handled, understood or not: nothing typed stays to be read."""

    async def handled(update: Update, context: TurnContext) -> None:
        await handles(update, context)
        context.turn.delete(context.turn.message_id)

    return handled


class Router:
    """Leads updates to conversations, and places to their screens."""

    def __init__(self, buttons: Buttons) -> None:
        self.buttons = buttons

    def handlers(self) -> list[BaseHandler[Any, TurnContext, None]]:
        """Return python-telegram-bot's handlers, the first that takes an update wins; the last takes what is left."""
        names = sorted({name for c in _CONVERSATIONS.values() for name in c.commands})
        return [
            MessageHandler(filters.UpdateType.EDITED_MESSAGE, _taken_out(self._edited)),
            CommandHandler(names, _taken_out(self._commanded), filters=~filters.FORWARDED),
            MessageHandler(filters.COMMAND, _taken_out(self._unknown_command)),
            MessageHandler(filters.TEXT & ~filters.FORWARDED, _taken_out(self._typed)),
            MessageHandler(filters.ALL, _taken_out(self._odd)),
            CallbackQueryHandler(self._tapped),
            ChatMemberHandler(self._membership, ChatMemberHandler.MY_CHAT_MEMBER),
            TypeHandler(Update, self._left_over),
        ]

    async def screen(self, turn: Turn) -> Screen:
        """Return what the place of a turn shows; a place of another role gives way to the role's own first one."""
        conversation = conversation_of(turn)
        if turn.place["kind"] not in conversation.screens:
            await self._first_place(turn)
        if turn.place["kind"] != "sign_in" and sign_in.must_sign_in(turn):
            sign_in.ask(turn)
        comes_first.instead(turn)
        try:
            shown = await conversation.screens[turn.place["kind"]](turn)
        except NotYoursError:
            await self._first_place(turn)
            shown = await conversation.screens[turn.place["kind"]](turn)
        shown = aloud.offered(turn, shown)
        note = turn.place.get("note")
        text = first_lines(f"{note}\n\n{shown.text}" if note else shown.text)
        return Screen(text, shown.rows, shown.spoken)

    async def _first_place(self, turn: Turn) -> None:
        match conversation_of(turn).role:
            case "self_reporter":
                await onward(turn)
            case "worker" | "coordinator":
                turn.go("today")
            case "casemanager":
                turn.go("cases")
            case "stranger":
                turn.go("start")
            case _:
                turn.go("desk")

    async def _commanded(self, update: Update, context: TurnContext) -> None:
        message = update.effective_message
        assert message is not None
        assert message.text is not None
        words = message.text.split(maxsplit=1)
        name = words[0][1:].split("@")[0].lower()
        await self._command(context.turn, name, words[1].strip() if len(words) > 1 else "")

    async def _command(self, turn: Turn, name: str, args: str) -> None:
        conversation = conversation_of(turn)
        if sign_in.must_sign_in(turn):
            sign_in.ask(turn, "command", name, args)
            return
        if is_locked(turn) and name not in ("verberg", "hide"):
            # Words behind it are not kept: whoever typed them has not shown the PIN.
            if not args or not await conversation.hears(turn, args, turn.place["kind"]):
                lock.hold(turn, f"/{name}" if name in conversation.commands else "")
            return
        if name not in conversation.commands:
            if not await self._heard_beside(turn, args):
                await self._lost(turn, readable(args), turn.text("I do not know that command."))
            return
        said = readable(args) or ""
        if comes_first.refuses_command(turn, name, said):
            if not said or not await conversation.hears(turn, said, f"/{name}"):
                comes_first.say_closed(turn)
            return
        if stopping.needs_a_yes(turn, name):
            await start(turn, "")
            return
        # Behind /start stands a code; what cannot wait is heard there too.
        if said and await conversation.hears(turn, said, f"/{name}" if name != "start" else BESIDE):
            return
        await self._guarded(turn, conversation.commands[name](turn, said))

    async def _unknown_command(self, update: Update, context: TurnContext) -> None:
        message = update.effective_message
        assert message is not None
        addressee = (message.text or "").split(maxsplit=1)[0].partition("@")[2]
        if addressee and addressee.casefold() != context.bot.username.casefold():
            return  # meant for another bot
        turn = context.turn
        if not await self._heard_beside(turn, message.text):
            words = None if message.forward_origin else readable((message.text or "").partition(" ")[2])
            await self._lost(turn, words, turn.text("I do not know that command."))

    async def _typed(self, update: Update, context: TurnContext) -> None:
        turn, message = context.turn, update.effective_message
        assert message is not None
        text = readable(message.text or "")
        # A reply counts for the case on the screen only: to an older message it would reach somebody else.
        said = message.reply_to_message
        turn.replied = said is not None and said.message_id == turn.chat.screen_message
        if text is None:
            await self._lost(turn, None, turn.text("Your message is empty."))
            return
        if turn.place["kind"] == "sign_in":
            if deed := await sign_in.enters(turn, text):
                await self._go_on(turn, *deed)
        elif sign_in.must_sign_in(turn):
            sign_in.ask(turn, "said", text, "reply" if turn.replied else "")
        else:
            await self._said(turn, text)

    async def _said(self, turn: Turn, text: str) -> None:
        conversation = conversation_of(turn)
        await self._guarded(turn, self._heard_or_read(conversation, turn, text))

    @staticmethod
    async def _heard_or_read(conversation: Conversation, turn: Turn, text: str) -> None:
        if await conversation.hears(turn, text, turn.place["kind"]):
            return
        if comes_first.refuses_text(turn):
            comes_first.say_closed(turn)
        elif typed := conversation.texts.get(turn.place["kind"]):
            await typed(turn, text)
        else:
            await Router._lost(turn, text)

    @staticmethod
    async def _lost(turn: Turn, said: str | None, why: str = "") -> None:
        """Say what to do with what is not understood; a self-reporter is offered who helps (self_reporter)."""
        if not await conversation_of(turn).not_understood(turn, said, why):
            to_do = turn.text("I do not read this here. Tap on a button, or type /help.")
            turn.remark(f"{why} {to_do}" if why else to_do)

    async def _go_on(self, turn: Turn, kind: str, first: str, second: str) -> None:
        """Do what was asked before the code: what an expired session held up is not lost."""
        match kind:
            case "command":
                await self._command(turn, first, second)
            case "tap":
                await self._guarded(turn, conversation_of(turn).taps[first](turn, second))
            case "said":
                turn.replied, turn.message_id = second == "reply", None
                await self._said(turn, first)

    async def _tapped(self, update: Update, context: TurnContext) -> None:
        turn, query = context.turn, update.callback_query
        assert query is not None
        if query.data is None or turn.tapped is None:
            return
        if not turn.chat.stored:  # all of it was erased, or it was never ours
            turn.toast = turn.text("I have nothing of yours here.")
            self._adopt(turn, turn.tapped)
            turn.show_again()
            return
        tap = self.buttons.read(turn.chat.id, query.data)
        if tap is None:
            await self._deny(turn)
        elif turn.chat.staff_id and turn.member is None:
            self._refuse(turn)  # their access has ended since it was shown
            return
        # Also a screen whose sending was never noted (a kill, a lost answer): it is what the person has before them.
        self._adopt(turn, turn.tapped)
        if tap is not None and tap.verb == UNFOLD:
            turn.show_again()
            return
        taps = conversation_of(turn).taps
        if tap is None or not tap.is_of(turn.chat.screen) or tap.verb not in taps:
            turn.toast = turn.text("This button is old.")
            turn.show_again()
            return
        if sign_in.must_sign_in(turn):
            sign_in.ask(turn, "tap", tap.verb, tap.args)
            return
        if is_locked(turn):
            await self._before_the_pin(turn, tap.verb, tap.args)
            return
        if comes_first.refuses_tap(turn, tap.verb):
            comes_first.say_closed(turn)
            return
        coming_back.is_back(turn)
        await self._guarded(turn, taps[tap.verb](turn, tap.args))

    async def _before_the_pin(self, turn: Turn, verb: str, args: str) -> None:
        """Take a digit, or a call for a human; anything else waits for the PIN, and goes on after it."""
        if verb == "key" and turn.place["kind"] == "locked":
            if then := await lock.entered(turn, args):
                if then[0].startswith("/"):
                    await self._command(turn, then[0][1:], "")
                else:
                    await self._guarded(turn, conversation_of(turn).taps[then[0]](turn, then[1]))
        elif verb == "human":
            await lock.call_a_human(turn)
        elif verb in lock.OPEN:
            await self._guarded(turn, conversation_of(turn).taps[verb](turn, args))
        else:
            lock.hold(turn, verb, args)

    @staticmethod
    async def _deny(turn: Turn) -> None:
        """Note a button that we did not make for this person; at the third, the administrators hear it."""
        turn.decide(Trace(turn.actor.id or None, "forged", turn.chat.id, "denied"))
        if await turn.reads.denials(turn.chat) + 1 == DENIALS:
            turn.decide(*to_administrators(await turn.reads.administrators()))

    @staticmethod
    def _adopt(turn: Turn, message_id: int) -> None:
        """Make a newer message the screen, such as a notice; what stood there before goes."""
        if message_id > (turn.chat.screen_message or 0):
            if turn.chat.screen_message is not None:
                turn.decide(TakeOut(turn.chat.screen_message, was_screen=True))
            turn.chat.screen_message = message_id

    @staticmethod
    async def _guarded(turn: Turn, deed: Any) -> None:
        """Do a deed; what the actor may not do has not been done, and is said like what does not exist."""
        try:
            await deed
        except NotYoursError:
            Router._refuse(turn)

    @staticmethod
    def _refuse(turn: Turn) -> None:
        turn.decide(Trace(turn.actor.id or turn.chat.staff_id, "denied", None, "denied"))
        turn.toast = turn.text("There is nothing here for you.")
        turn.show_again()

    @staticmethod
    async def _heard_beside(turn: Turn, text: str | None) -> bool:
        """Listen to words that answer nothing, such as those below a photo: what cannot wait is heard there too."""
        said = readable(text or "")
        return said is not None and await conversation_of(turn).hears(turn, said, BESIDE)

    async def _edited(self, update: Update, context: TurnContext) -> None:
        turn, message = context.turn, update.effective_message
        assert message is not None
        said = message.text or message.caption
        if not await self._heard_beside(turn, said):
            await self._lost(turn, readable(said or ""), turn.text("What you sent first stands."))

    async def _odd(self, update: Update, context: TurnContext) -> None:
        turn, message = context.turn, update.effective_message
        assert message is not None
        album = message.media_group_id
        if album is not None and album == turn.place.get("album"):
            return  # answered with its first part
        if message.document and (takes := conversation_of(turn).files.get(turn.place["kind"])):
            if sign_in.must_sign_in(turn):
                sign_in.ask(turn, "command", "import", "")
            else:
                await self._guarded(turn, takes(turn, message.document.to_dict()))
            return
        if await self._heard_beside(turn, message.text or message.caption):
            return
        if message.photo or message.document or message.video:
            why = turn.text("I do not keep photos and files: Telegram can read along. Show it to your helper.")
        elif message.contact or message.location or message.venue:
            why = turn.text("I do not need that. I took it out of this chat.")
        elif message.text:
            why = turn.text("I cannot take over what somebody else wrote. Type it yourself, please.")
        else:
            why = turn.text("I can only read typed words.")
        await self._lost(turn, readable(message.caption or "") if message.forward_origin is None else None, why)
        if album is not None:
            turn.chat.place["album"] = album

    async def returned(self, turn: Turn, ours: dict[str, Any]) -> None:
        """Take what came of an errand, when who asked for it still has this chat."""
        takes = conversation_of(turn).results.get(ours["kind"])
        if takes is not None and turn.actor.id == ours["by"]:
            await self._guarded(turn, takes(turn, ours))

    async def _membership(self, update: Update, context: TurnContext) -> None:
        turn, change = context.turn, update.my_chat_member
        assert change is not None
        # Once: when something waited for this chat, delivery may have found out first.
        if change.new_chat_member.status == ChatMember.BANNED and turn.chat.blocked_at is None:
            turn.chat.blocked_at = turn.now
            if turn.case is not None:
                turn.case.reached(False, turn.now)
                turn.notify(await turn.reads.helpers(turn.case), "alert", turn.case.ref)

    async def _left_over(self, update: Update, _context: TurnContext) -> None:
        if update.effective_message or update.callback_query or update.my_chat_member:
            raise NotHandledError("No conversation takes this update.")

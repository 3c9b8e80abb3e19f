"""The router: which conversation an update belongs to, and everybody's share: buttons, sign-in, odd messages."""

from __future__ import annotations

from typing import Any

from conversations import casemanager, coordinator, reminders, roles, self_reporter, shared, worker
from conversations.buttons import Buttons
from conversations.effects.chat import TakeOut
from conversations.effects.trace import Trace
from conversations.notices import UNFOLD, to_administrators
from conversations.registry import BESIDE, Conversation, gather
from conversations.said import Came, Command, Edited, Left, NotDelivered, Said, Sent, Tapped, Typed
from conversations.screen import Screen
from conversations.self_reporter.arrival import coming_back
from conversations.self_reporter.day import comes_first
from conversations.self_reporter.home import start
from conversations.self_reporter.phone import aloud, lock
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.rights import stopping
from conversations.shared.locked import is_locked
from conversations.shared.undelivered import not_delivered
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
# What is a command for anybody.
_COMMANDS = frozenset(name for c in _CONVERSATIONS.values() for name in c.commands)
# Buttons that are not theirs, after which somebody looks (hostile input 60).
DENIALS = 3


def conversation_of_role(role: str) -> Conversation:
    """Return the conversation of a role."""
    return _CONVERSATIONS.get(role, roles.member)


def conversation_of(turn: Turn) -> Conversation:
    """Return the conversation of the actor's role."""
    return conversation_of_role(turn.actor.role)


class Router:
    """Leads updates to conversations, and places to their screens."""

    def __init__(self, buttons: Buttons) -> None:
        self.buttons = buttons

    async def take(self, turn: Turn, said: Said) -> None:
        """Lead what was said to the conversation that it belongs to; raises NotHandledError when it belongs to none."""
        match said:
            case Tapped():
                await self._tapped(turn, said)
            case Left():
                await self._left(turn, said)
            case Came():
                await self._returned(turn, said)
            case NotDelivered():
                await not_delivered(turn, said.kind)
            case Typed() | Command() | Edited() | Sent():
                await self._worded(turn, said)
                # Understood or not: nothing typed stays to be read.
                turn.delete(turn.message_id)
            case _:
                raise NotHandledError("No conversation takes this.")

    async def _worded(self, turn: Turn, said: Typed | Command | Edited | Sent) -> None:
        match said:
            case Edited():
                if not await self._heard_beside(turn, said.text):
                    await self._lost(turn, readable(said.text or ""), turn.text("What you sent first stands."))
            case Command(forwarded=False, elsewhere=False) if said.name in _COMMANDS:
                await self._command(turn, said.name, said.args)
            case Command():
                await self._unknown_command(turn, said)
            case Typed():
                await self._typed(turn, said)
            case Sent():
                await self._sent(turn, said)

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

    async def _unknown_command(self, turn: Turn, said: Command) -> None:
        if said.elsewhere:
            return  # meant for another bot
        if not await self._heard_beside(turn, said.text):
            words = None if said.forwarded else readable(said.args)
            await self._lost(turn, words, turn.text("I do not know that command."))

    async def _typed(self, turn: Turn, said: Typed) -> None:
        text = readable(said.text)
        # A reply counts for the case on the screen only: to an older message it would reach somebody else.
        turn.replied = said.reply_to is not None and said.reply_to == turn.chat.screen_message
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
        await self._guarded(turn, self.heard_or_read(conversation, turn, text))

    @staticmethod
    async def heard_or_read(conversation: Conversation, turn: Turn, text: str) -> None:
        """Let typed words mean what they mean where the conversation stands, unless a listener dealt with them."""
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

    async def _tapped(self, turn: Turn, said: Tapped) -> None:
        if turn.tapped is None:
            return
        if not turn.chat.stored:  # all of it was erased, or it was never ours
            turn.toast = turn.text("I have nothing of yours here.")
            self._adopt(turn, turn.tapped)
            turn.show_again()
            return
        tap = self.buttons.read(turn.chat.id, said.data)
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

    async def _sent(self, turn: Turn, said: Sent) -> None:
        if said.album is not None and said.album == turn.place.get("album"):
            return  # answered with its first part
        if said.file is not None and (takes := conversation_of(turn).files.get(turn.place["kind"])):
            if sign_in.must_sign_in(turn):
                sign_in.ask(turn, "command", "import", "")
            else:
                await self._guarded(turn, takes(turn, said.file))
            return
        if await self._heard_beside(turn, said.text):
            return
        match said.kind:
            case "picture":
                why = turn.text("I do not keep photos and files: Telegram can read along. Show it to your helper.")
            case "place":
                why = turn.text("I do not need that. I took it out of this chat.")
            case "text":
                why = turn.text("I cannot take over what somebody else wrote. Type it yourself, please.")
            case _:
                why = turn.text("I can only read typed words.")
        below = said.kind != "text" and not said.forwarded
        await self._lost(turn, readable(said.text or "") if below else None, why)
        if said.album is not None:
            turn.chat.place["album"] = said.album

    async def _returned(self, turn: Turn, came: Came) -> None:
        """Take what came of an errand, when who asked for it still has this chat."""
        takes = conversation_of(turn).results.get(came.kind)
        if takes is not None and turn.actor.id == came.by:
            await self._guarded(turn, takes(turn, came))

    @staticmethod
    async def _left(turn: Turn, said: Left) -> None:
        # Once: when something waited for this chat, delivery may have found out first.
        if said.left and turn.chat.blocked_at is None:
            turn.chat.blocked_at = turn.now
            if turn.has_case:
                turn.case.reach.messages_arrive(False, turn.now)
                turn.notify(await turn.reads.helpers(turn.case), "alert", turn.case.ref)

"""Cases: those that turns have changed, each written once, and that which its person erases."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels.outgoing import showing
from bot.writing.erasing import erase_person
from bot.writing.keepers.chat import answer, taken_out
from bot.writing.saving import save_cases
from bot.writing.writing import Writing
from conversations import notices
from conversations.effects.case import Change, Erase
from conversations.effects.chat import Answer, TakeOut
from conversations.effects.notice import Notice
from conversations.self_reporter.phrases import helper
from conversations.turn import Turn
from storage import audit
from storage.clock import wall


async def keep_erased(writing: Writing, effects: Iterable[tuple[Turn, Erase]]) -> None:
    """Erase cases with their chats; the goodbye and the tidying go out without either, and of the turn only notices."""
    for turn, effect in effects:
        writing.outcome.turns.remove(turn)
        writing.outcome.erased.add(effect.case.ref)
        await _erase(writing, turn, effect)
        writing.outcome.notices += turn.decided(Notice)


async def _erase(writing: Writing, turn: Turn, effect: Erase) -> None:
    case, chat, now, zone = effect.case, turn.chat, writing.room.now, writing.content.zone
    outgoing = writing.outcome.outgoing
    outgoing += await erase_person(
        writing.connection, writing.stores, writing.erasures, case, chat, wall(now, zone).date(), zone
    )
    outgoing += [answer("", one) for one in turn.decided(Answer)]
    outgoing += [taken_out("", turn, one) for one in turn.decided(TakeOut)]
    if chat.screen_message is not None:
        above = {"message_id": chat.screen_message} | showing(notices.superseded(turn.words))
        writing.send_last(chat, "clear", above)
    if standing := chat.sweep(now):
        writing.send_last(chat, "sweep", {"message_ids": standing})
    writing.send_menu_last(chat)
    writing.send_last(chat, "notice", showing(notices.goodbye(turn.words, helper(turn))))
    await audit.write(writing.connection, [audit.Entry(case.id, "chat", "erase", case.ref)], now)


async def keep_changes(writing: Writing, effects: Iterable[tuple[Turn, Change]]) -> None:
    """Write the cases that a round has made or changed, each once."""
    await writing.stores.cases.add(writing.connection, writing.room.keys)
    changed = {effect.case.id: effect.case for _, effect in effects}
    writing.outcome.notices += await save_cases(writing.room, writing.content, list(changed.values()))

"""Invitations: made, used up, tried in vain, and codes that open nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.writing.keepers.phone import leave
from bot.writing.writing import Writing
from conversations import notices
from conversations.effects.invitation import Bind, Guess, Invite, Miss, Spend
from conversations.turn import Turn
from storage import installation
from storage.case.case import Case
from storage.case.case_changes import StaleCaseError
from storage.people.guesses import Guesses
from storage.people.invitations import FreshCode, Invitation

# How long an invitation lives that was made in a chat (design.md, Invitations).
LIFETIME = timedelta(days=7)


async def send_picture(writing: Writing, turn: Turn, fresh: FreshCode) -> None:
    """Let a fresh invitation leave as a picture for who acts, with the code that can be typed below it."""
    name = await installation.get(writing.connection, installation.BOT_NAME)
    caption = notices.invitation(turn.words, fresh.short_code)
    link = f"https://t.me/{name}?start={fresh.code}"
    writing.send(turn.chat, "qr", {"link": link, "caption": caption})


async def keep_invited(writing: Writing, effects: Iterable[tuple[Turn, Invite]]) -> None:
    """Make fresh invitations, and show them to who asked."""
    now = writing.room.now
    for turn, effect in effects:
        fresh = await writing.stores.invitations.make(writing.connection, now, now + LIFETIME, case_id=effect.case.id)
        await send_picture(writing, turn, fresh)


async def keep_missed(writing: Writing, effects: Iterable[tuple[Turn, Miss]]) -> None:
    """Count wrong answers."""
    for _, effect in effects:
        await writing.stores.invitations.miss(writing.connection, effect.invitation, writing.room.now)


async def _use(writing: Writing, invitation: Invitation) -> None:
    """Use an invitation up; raises StaleCaseError when somebody else has done so meanwhile."""
    if not await writing.stores.invitations.use(writing.connection, invitation, writing.room.now):
        raise StaleCaseError


async def keep_spent(writing: Writing, effects: Iterable[tuple[Turn, Spend]]) -> None:
    """Use up what opens nothing yet."""
    for _, effect in effects:
        await _use(writing, effect.invitation)


async def keep_bound(writing: Writing, effects: Iterable[tuple[Turn, Bind]]) -> None:
    """Use invitations up, seal the chat under its owner's key, and let a former phone of the owner go."""
    for turn, effect in effects:
        await _use(writing, effect.invitation)
        owner = effect.owner
        assert owner.subject is not None
        turn.chat.subject = owner.subject
        writing.send_menu(turn.chat, turn.actor.role)
        find = writing.stores.chats.of_cases if isinstance(owner, Case) else writing.stores.chats.of_staff
        former = (await find(writing.connection, [owner.id])).get(owner.id)
        if former is not None and former.id != turn.chat.id:
            await leave(writing, former, writing.content.region.contact(None).telephone)


async def keep_guessed(writing: Writing, effects: Iterable[tuple[Turn, Guess]]) -> None:
    """Count codes that opened nothing; when there are too many, the administrators hear it."""
    codes, now = [effect.code for _, effect in effects], writing.room.now
    await Guesses(writing.stores.vault).count(writing.connection, codes, now)
    if await writing.stores.invitations.count_wrong(writing.connection, len(codes), now):
        team = await writing.stores.team.all(writing.connection)
        writing.outcome.notices += notices.to_administrators(team)

"""The people who write to a bot, in the server's own process: nothing but the bot is measured with them.

Each of them sends only when the bot has answered what they sent before, but for `all_at_once`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice

from bot.webchat.chat import ChatMessage
from bot.webchat.phone import Phone

# Seconds that somebody waits for an answer, with everybody else in the line.
PATIENCE = 60.0
# What somebody taps on who wants to get on, the first of these that the keyboard has; otherwise its first button.
ONWARD = ("answer", "agree", "phone", "to_consent", "consent", "questions", "onward")


def next_button(message: ChatMessage) -> str:
    """Return the data of the button that leads on."""
    datas = [data for row in message.buttons for _, data in row]
    verbs = [data.partition(":")[0] for data in datas]
    return next((datas[verbs.index(verb)] for verb in ONWARD if verb in verbs), datas[0])


def tap(phone: Phone) -> None:
    """Tap on the newest keyboard."""
    newest = next(message for message in phone.newest_first() if message.buttons)
    phone.tap_data(newest.message_id, next_button(newest))


async def arrive(phone: Phone, code: str, birth_year: int) -> None:
    """Open an invitation, prove who it is, and go on to the first question of the checklist."""
    phone.start(code)
    await phone.answer(PATIENCE)
    phone.say(str(birth_year))
    shown = await phone.answer(PATIENCE)
    while not next_button(shown).startswith("answer:"):
        tap(phone)
        shown = await phone.answer(PATIENCE)


async def taps(phones: Sequence[Phone], each: int) -> None:
    """Everybody answers questions: a tap on the newest keyboard as soon as it is there, `each` times."""

    async def one(phone: Phone) -> None:
        for _ in range(each):
            tap(phone)
            await phone.answer(PATIENCE)

    await asyncio.gather(*map(one, phones))


async def texts(phones: Sequence[Phone], said: Sequence[str], each: int) -> None:
    """Everybody sends `each` texts, in turn those that are `said`: the next when the former was answered."""

    async def one(phone: Phone) -> None:
        for text in islice(cycle(said), each):
            phone.say(text)
            await phone.answer(PATIENCE)

    await asyncio.gather(*map(one, phones))


async def all_at_once(
    phones: Sequence[Phone], said: Sequence[str], each: int, answered: Callable[[Phone], int]
) -> None:
    """Everybody has sent `each` texts already when the bot gets the first of them.

    `answered` counts the answers in a chat; ends when there are `each` more in every one.
    """
    wanted = {phone.id: answered(phone) + each for phone in phones}
    for text in islice(cycle(said), each):
        for phone in phones:
            phone.say(text)
    await asyncio.gather(*(phone.wait_for(lambda p: answered(p) >= wanted[p.id], PATIENCE) for phone in phones))


def messages(phone: Phone) -> int:
    """Count what came from the bot."""
    return len(phone.lock_screen)


def screens(phone: Phone) -> int:
    """Return the number of the screen that stands in the chat: each answer of Voorzorg is the next one."""
    newest = next(message for message in phone.newest_first() if message.buttons)
    return int(newest.buttons[0][0][1].split(":")[-2])


async def paced(phones: Sequence[Phone], act: Callable[[Phone], object], rate: float, count: int) -> list[float]:
    """Do `count` acts, `rate` a second whatever the bot does, one phone after the other.

    Returns the seconds from each act until its answer stood in the chat.
    """

    async def one(phone: Phone, at: float) -> float:
        await asyncio.sleep(at - time.perf_counter())
        began = time.perf_counter()
        act(phone)
        await phone.answer(PATIENCE)
        return time.perf_counter() - began

    start = time.perf_counter()
    return await asyncio.gather(*(one(phones[n % len(phones)], start + n / rate) for n in range(count)))

"""Delivery: what is in the outbox goes out, in order per chat, at its pace, until it arrives or is given up.

Who has blocked us, or what is refused, comes back as an update of our own.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import logs
from bot.channels.port import GoneError, LaterError, Port, RefusedError, UnknownError
from bot.channels.telegram.former import modern
from bot.delivery.batch import NOT_MADE, Batch
from bot.delivery.courier import Courier
from bot.delivery.holds import ANSWERS, Holds
from bot.delivery.lanes import Lane, in_lanes
from bot.delivery.pace import Pace
from bot.errands.documents.making import DocumentError
from bot.steps import step
from conversations.content.reminders import Sending
from conversations.rules.sending_hours import within_hours
from storage.clock import Clock
from storage.engines import residue
from storage.engines.database import Database
from storage.keys.vault import Vault
from storage.people.chats import Chats, Standing, standing
from storage.queues import due
from storage.queues.inbox import Inbox
from storage.queues.outbox import MESSAGES, Outbox, Outgoing

# Rows looked at for one batch, and requests under way at once.
LOOK_AHEAD, PARALLEL = 256, 8
# Messages that somebody misses when they do not come; a screen is shown again with the next tap.
MEANT = ("notice", "qr", "document")
# A reminder that has waited longer than this, for Telegram or for us, keeps to the hours in which messages leave.
STILL_TIMELY = timedelta(minutes=30)


class WithdrawnError(Exception):
    """Somebody was erased meanwhile, and this is about them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What may leave now: rows in lanes, how their chats stand, and the reminders among them that are still meant."""

    lanes: list[Lane]
    chats: dict[str, Standing]
    leaving: set[str]


class Delivery:
    """Empties the outbox."""

    def __init__(
        self, database: Database, vault: Vault, clock: Clock, port: Port, pace: Pace, zone: ZoneInfo, hours: Sending
    ) -> None:
        self._database = database
        self._outbox = Outbox(vault)
        self._inbox = Inbox(vault)
        self._chats = Chats(vault)
        self._clock = clock
        self._pace = pace
        self._zone = zone
        self._hours = hours
        self.holds = Holds(pace.timer)
        self._courier = Courier(port, pace, self.holds, clock, zone)
        self._slots = asyncio.Semaphore(PARALLEL)
        self.failure: Exception | None = None

    async def recall(self) -> None:
        """Find what may have been on its way when we were last ended; before the first batch."""
        async with self._database.read() as connection:
            self._courier.unsure |= await self._outbox.chats_of_messages(connection)

    async def send_batch(self) -> int:
        """Send one batch: at most one message a chat. Returns how many rows it moved on."""
        now = self._clock.now()
        chosen = await self._choose(now)
        if not chosen.lanes:
            return 0
        step("delivery:chosen")
        batch = Batch()
        await asyncio.gather(*(self._lane(lane, chosen, batch) for lane in chosen.lanes))
        await self._note(chosen, batch, now)
        self._courier.unsure.difference_update(batch.fresh)
        step("delivery:noted")
        return len(batch.finished) + len(batch.later) + len(batch.damaged)

    async def _choose(self, now: datetime) -> Chosen:
        """Return what may leave now."""
        async with self._database.read() as connection:
            rows = await self._outbox.next(connection, now, LOOK_AHEAD, ANSWERS if self.holds.closed_for else None)
            for row in rows:
                row.payload = modern(row.kind, row.payload)
            lanes = in_lanes(rows, self._pace.chat_waits)
            chats = await standing(connection, {row.chat_id for row in rows if row.chat_id})
            reminders = [row.key for row in rows if row.key.startswith("reminder:")]
            leaving = await due.still_leaving(connection, reminders) if reminders else set()
        return Chosen(lanes, chats, leaving)

    async def _note(self, chosen: Chosen, batch: Batch, now: datetime) -> None:
        """Keep what came of a batch, in one transaction."""
        async with self._database.write() as connection:
            for chat in await self._chats.by_id(connection, {r.chat_id for r in batch.damaged if r.kind in MEANT}):
                batch.undelivered.append((chat.telegram_id, "refused"))  # who helps hears that it does not come
            if any(not row.chat_id for lane in chosen.lanes for row in lane):  # a goodbye: whose chat it was goes too
                await residue.note(connection, "outbox")
            await batch.write(connection, self._outbox, self._inbox, now)

    async def _lane(self, lane: Lane, chosen: Chosen, batch: Batch) -> None:
        async with self._slots:
            for row in lane:
                chat = chosen.chats.get(row.chat_id)
                if row.damaged:
                    batch.set_aside(row)
                elif row.key.startswith("reminder:") and row.key not in chosen.leaving:
                    batch.drop(row, "cancelled", handed=False)
                elif chat is None and row.chat_id and row.kind in (*MESSAGES, "fold"):
                    # Its owner has another phone now: nothing more is shown on this one. (A goodbye has none.)
                    batch.drop(row, "no chat", handed=True)
                elif (opens := self._untimely(row)) is not None:
                    batch.hold(row, opens)
                elif not await self._send(row, chat, batch):
                    return

    def _untimely(self, row: Outgoing) -> datetime | None:
        """Return when a reminder may leave that could not in time, and would now come in the night."""
        now = self._clock.now()
        if not row.key.startswith("reminder:") or row.made_at is None or now - row.made_at < STILL_TIMELY:
            return None
        opens = within_hours(now, self._zone, self._hours)
        return opens if opens > now else None

    async def _send(self, row: Outgoing, chat: Standing | None, batch: Batch) -> bool:
        """Send one row and note what came of it; False when the rest of its lane has to wait."""
        step("delivery:sending")
        try:
            await self._look_again(row, chat)
            await self._courier.bring(row, chat, batch, lambda: self._look_again(row, chat))
        except WithdrawnError:
            return False
        except LaterError as error:
            if error.seconds is not None:
                return self._too_many(row, error.seconds, batch)
            logs.get().warning("not delivered", kind=row.kind, error=error.why)
            return batch.again(row, self._clock.now(), error.why)
        except GoneError as error:
            return batch.gone(row, error.why)
        except RefusedError:
            if row.kind == "delete":
                self._courier.unsure.add(row.chat_id)  # it stands there still, below the screen
            return batch.refused(row, chat)
        except DocumentError as error:
            logs.get().error("a document could not be made", kind=row.kind, why=str(error))
            return batch.fail(row, NOT_MADE)
        except PermissionError as error:
            self.failure = error
            return False
        except UnknownError:
            return batch.unanswered(row, self._clock.now())
        step("delivery:sent")
        return batch.arrived(row)

    def _too_many(self, row: Outgoing, seconds: float, batch: Batch) -> bool:
        """Wait as long as the channel says; when several chats are refused, less long, and all of them together."""
        closed = self.holds.closed_for
        asked = timedelta(seconds=min(seconds, closed) if closed else seconds)
        return batch.again(row, self._clock.now(), "429", asked)

    async def _look_again(self, row: Outgoing, chat: Standing | None) -> None:
        """Raise WithdrawnError when a message to a colleague was taken back since it was read, or is another now."""
        if row.kind not in MESSAGES or chat is None or chat.staff_id is None:
            return
        async with self._database.read() as connection:
            if not await self._outbox.stands(connection, row):
                raise WithdrawnError

"""A journey with everything in it that nobody else may read: from a letter to words with the worker, and trouble."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.webchat.phone import Phone
from bot.webchat.telegram import faults
from storage.case.case_parts import new_id
from storage.coordination.bottlenecks import Bottleneck
from storage.coordination.inquiries import Inquiry
from storage.queues import drafts
from tests.hostile.canaries import Logbook
from tests.house import TOKEN, House

SAMIRA, MILA = 7_512_345_678, 2**52 + 77
# Names with letters that are written in several ways, and the person's own words.
FIRST, LAST, NUMBER = "Şamira-Noë", "Kloosterboer", "Z-26-KANARIE"
OWN, SAID, ANSWERED = "Mijn broer Özgür bellen <nu>", "Ik slaap zo slecht", "Ik kom vrijdag langs"
TYPED = "Wat een rare vraag"
# What professionals write.
NOTED, WONDERED = "Slaapt bij zijn moeder", "Mag de dag later, om de operatie?"
HANDED, BLOCKED = "Belt het liefst na zessen", "De aanvraag van het paspoort duurt te lang"
THEME, INQUIRED = "Wachten op het loket", "Wie betaalt de foto voor het paspoort?"
MET, TRIED = "Vraag de woningbouw om uitstel", "Drie gesprekken met de schuldeiser"
# What questions, options, flags and proposals of the journey are called, and how they are worded.
ASKED = (
    "cannot_report",
    '"badly"',
    "old_address",
    "talk_day",
    "Het is een oud adres",
    "Het lukt me slecht",
    "gevangenis",
)


class Journey:
    """Two people and a worker, from the letter to an answer, with trouble on the way."""

    def __init__(self, house: House, book: Logbook) -> None:
        self.house = house
        self.secrets = book.canaries
        self.secrets |= {FIRST, LAST, NUMBER, OWN, SAID, ANSWERED, TYPED, "Anneke", "Özgür", *ASKED}
        self.secrets |= {NOTED, WONDERED, HANDED, BLOCKED, THEME, INQUIRED, MET, TRIED}
        self.secrets |= {
            str(SAMIRA),
            str(MILA),
            TOKEN,
            TOKEN.partition(":")[2],
            '"birth_year": 1999',
            '"birth_year":1999',
            "totp_secret",
        }
        self.samira: Phone
        self.anneke: Phone
        self.ref = ""

    async def arrive(self, user_id: int, **facts: Any) -> tuple[str, Phone]:
        """Let somebody open the invitation of their letter, with a wrong year first."""
        ref = await self.house.case(**facts)
        fresh = await self.house.invite(ref)
        self.secrets |= {fresh.code, fresh.short_code, fresh.short_code.replace("-", "")}
        phone = self.house.world.phone(facts["first_name"], user_id=user_id)
        phone.start(fresh.code)
        await self.house.pump()
        await self.house.say(phone, "1989", "1999")
        await self.house.tap(phone, "Alleen ik", "Verder", "Ja, hier")
        return ref, phone

    async def begin(self) -> None:
        """Go as far as an action in the person's own words, and words between them and the worker."""
        house = self.house
        member = await house.member()
        self.secrets.add(member.totp_secret)
        self.anneke = await house.joined(member)
        self.ref, self.samira = await self.arrive(SAMIRA, first_name=FIRST, last_name=LAST, number=NUMBER)
        samira = self.samira
        await house.say(samira, TYPED)
        await house.tap(samira, "Terug naar de vraag", "De dag", "Ja, met een dag")
        await house.say(samira, "24 december 2026")
        await house.tap(samira, "Ja, dat klopt", "oud adres", "Iets anders")
        await house.say(samira, OWN)
        await house.tap(samira, "Ja, dat weet ik", "Het lukt me slecht", "Ja, dit doe ik")
        await house.tap(samira, "Ik wil iemand spreken", "Schrijf een bericht")
        await house.say(samira, SAID)
        await house.tap(self.anneke, "Laat zien")
        self.anneke.reply(self.anneke.last.message_id, ANSWERED)
        await house.pump()
        assert {a["text"] for a in (await house.document(self.ref))["actions"]} >= {OWN}
        assert (await house.document(self.ref))["messages"]["total"] == 3

    async def _among_colleagues(self) -> None:
        """Let professionals write, weigh, ask and hand over."""
        house = self.house
        case, now = await house.load(self.ref), house.clock.now()
        assert case.worker is not None
        async with house.app.database.write() as connection:
            case.helpers.note(NOTED, case.worker, now)
            case.helpers.weigh("deferral", "not_used", "policy", case.worker, now)
            case.helpers.ask_decision("deferral", case.worker, case.worker, now.date(), WONDERED, now)
            case.helpers.hand_over(case.worker, HANDED, now)
            case.helpers.resolve(MET, case.worker, now.date(), case.worker, now)
            case.helpers.go_to_the_limit(TRIED, TRIED, case.worker, now)
            case.person.tell("helped", "plan", SAID, now)
            await house.stores.cases.save(connection, [case], now, house.settings.zone)
            inquiry = Inquiry(new_id(), case.municipality, case.worker, now, INQUIRED)
            await house.stores.inquiries.save(connection, [inquiry])
            told = Bottleneck(new_id(), "bottleneck", case.id, case.municipality, case.worker, now, BLOCKED)
            told.theme = THEME
            await house.stores.bottlenecks.save(connection, [told])
            member = (await house.stores.team.load(connection, [case.worker]))[case.worker]
            waits = drafts.new_draft(member, {"overview": {"rows": [{"last_name": LAST, "number": NUMBER}]}}, now)
            await drafts.save(connection, member, waits)

    async def get_into_trouble(self) -> None:
        """Leave rows of every kind in the queues: open, waiting for a retry, given up, refused."""
        await self._among_colleagues()
        house = self.house
        house.server.faults.add("editMessageText", faults.error(400, f"Bad Request: {SAID}"))
        await house.tap(self.anneke, "Mijn lijst")
        house.server.faults.add("sendMessage", faults.error(500, f"Internal {SAID}"), times=None)
        bad = {"message_id": 900, "from": self.samira.person, "chat": self.samira.api(), "date": SAID, "text": TYPED}
        house.world.inject({"message": bad})
        self.samira.tap("Laat zien")
        await house.pump()
        for seconds in (1, 4, 15):
            house.clock.forward(seconds=seconds)
            await house.pump()
        _, mila = await self.arrive_in_vain()
        mila.say(TYPED)
        self.anneke.send_document(f"{LAST}.pdf", OWN.encode())
        await house.app.reception.poll()

    async def arrive_in_vain(self) -> tuple[str, Phone]:
        """Let somebody else begin who gets no answer any more."""
        ref = await self.house.case(first_name=FIRST, last_name=LAST)
        fresh = await self.house.invite(ref)
        self.secrets |= {fresh.code, fresh.short_code}
        mila = self.house.world.phone(FIRST, user_id=MILA)
        mila.start(fresh.code)
        await self.house.pump()
        return ref, mila

    async def end(self) -> None:
        """Let the trouble pass and the reminders come."""
        self.house.server.faults.clear()
        for day in (date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 23)):
            await self.house.at(day, 10)
        self.samira.block()
        await self.house.pump()

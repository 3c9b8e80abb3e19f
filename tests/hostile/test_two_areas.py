"""Two areas in one installation: whatever colleagues of one type, tap or forge, nothing of the other shows (G3.2)."""

from __future__ import annotations

import os
import re
from random import Random

import pytest

from bot.webchat.phone import Phone
from conversations.buttons import Buttons
from conversations.screen import Button
from conversations.worker.case.case_buttons import DEEDS
from storage.case.case_parts import new_id
from storage.coordination.bottlenecks import Bottleneck
from storage.coordination.inquiries import Inquiry
from tests.house import House

# Stands in every name and in all words of the other area; nobody of ours types it whole.
NEEDLE = "Zilvernaald"
# Acts of each colleague; `VOORZORG_FUZZ=2500` makes 10,000 of the four together.
ACTS = int(os.environ.get("VOORZORG_FUZZ", "150"))
TYPED = ("Zilver", "naald", "1987", "Emmen", "morgen", "12 januari 2027", "Groningen", "x" * 1500)
COMMANDS = (
    *("vandaag", "zaken", "risicos", "zoek Zilver", "zoek naald", "nieuw", "knelpunt", "agenda", "waarneming", "help"),
    *("start", "taal", "vraag", "knelpunten", "overleg", "maandrapport", "monitor"),
)
OF_A_CASE = ("zaak", "contact", "actie", "notitie", "maatregel", "bericht", "plan", "overdragen", "knelpunt", "zoek")
# What was typed may be said back: in the one answer to all that is not theirs, and to a search.
ECHO = re.compile(r"(?:Er is geen zaak|There is no case) \S+ (?:voor jou|for you)\.|“[^”]*”")


class Areas:
    """Groningen, with four colleagues who try everything, and Emmen, which they must not see."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ours: list[Phone] = []
        self.chats: dict[int, str] = {}
        self.refs: list[str] = []
        self.own: list[str] = []
        self.seen: set[tuple[str, str]] = set()

    async def begin(self) -> None:
        """Let people come, and a worker of Emmen look at everything of their cases."""
        house = self.house
        for role, area in (
            *(("worker", "Groningen"), ("worker", "provincie Groningen")),
            *(("coordinator", "provincie Groningen"), ("casemanager", "PI Veenhuizen")),
        ):
            phone = await house.joined(await house.member(role, area, f"{role} van {area}"))
            self.ours.append(phone)
            index = house.stores.chats.index(phone.id)
            async with house.app.database.read() as connection:
                self.chats[phone.id] = (await house.stores.chats.by_index(connection, [index]))[index].id
        self.own = [await house.case(first_name=name) for name in ("Samira", "Ali", "Mila")]
        theirs = await house.member("worker", "Emmen", f"Wilma {NEEDLE}")
        wilma = await house.joined(theirs)
        facts = {"municipality": "Emmen", "prison": "PI Leeuwarden", "last_name": NEEDLE}
        self.refs = [await house.case(first_name=f"{NEEDLE}{n}", **facts) for n in range(3)]
        await self._make_lively(theirs.id)
        for ref in self.refs:
            for command in ("zaak", "plan", "maatregel", "notitie"):
                await house.say(wilma, f"/{command} {ref}")
                self._note(wilma)
            await house.say(wilma, f"/zaak {ref}")
            for button in ("🚩 Signalen", "1"):
                await house.tap(wilma, button)
                self._note(wilma)
        assert NEEDLE in wilma.dump()

    async def _make_lively(self, member: str) -> None:
        house, now = self.house, self.house.clock.now()
        async with house.app.database.write() as connection:
            for ref in self.refs:
                case = await house.case_on(connection, ref)
                case.reach.joined(now)
                case.thread.write("self_reporter", f"Mijn {NEEDLE} is weg", now)
                case.helpers.note(f"{NEEDLE} belt liever", member, now)
                action = case.plan.propose("identity", "casemanager", "inside", f"{NEEDLE} regelen", house.today, None)
                case.plan.agree(action)
                case.shares.let_prison_read(action, True, now, "1")
                case.signals.raise_flag("eviction", "housing", "urgent", NEEDLE, now)
                case.person.answer("home", "rent", now)
                case.person.answer("eviction", "yes", now)
                case.helpers.weigh("deferral", "considered", None, member, now)
                case.helpers.ask_decision("deferral", member, member, house.today, f"Kan {NEEDLE} wachten?", now)
                row = case.helpers.resolve(f"Bel {NEEDLE}", member, house.today, member, now)
                case.helpers.go_to_the_limit(NEEDLE, f"{NEEDLE} mag niet", member, now)
                await house.stores.cases.save(connection, [case], now, house.settings.zone)
                self.seen |= {("meet_decide", ref), ("met_done", f"{ref}/{row.id[-8:]}")}
                self.seen |= {("res_done", f"{ref}/{row.id[-8:]}")}
            blocks = Bottleneck(new_id(), "bottleneck", None, "Emmen", member, now, NEEDLE, theme=NEEDLE)
            await house.stores.bottlenecks.save(connection, [blocks])
            asks = Inquiry(new_id(), "Emmen", member, now, NEEDLE, "answered", NEEDLE, member, "provincie Drenthe")
            await house.stores.inquiries.save(connection, [asks])
            self.seen |= {(verb, blocks.id) for verb in ("blocks", "take_up", "solve", "reopen", "give_theme", "told")}
            self.seen |= {("theme", f"0/{blocks.id}"), ("inquiry", asks.id), ("helps", asks.id), ("outdated", asks.id)}

    def _note(self, phone: Phone) -> None:
        for message in phone.messages:
            for row in message.buttons:
                for _, data in row:
                    verb, args, _, _ = data.rsplit(":", 3) if data.count(":") > 3 else data.split(":")
                    self.seen.add((verb, args))

    def forged(self, draw: Random, phone: Phone) -> str:
        """Return a button for this phone, signed as ours are, about a case of the other area."""
        verbs = sorted({"case", "more", "asked", *(deed.verb for deed in DEEDS)})
        ref = draw.choice(self.refs)
        verb, args = draw.choice([*sorted(self.seen), (draw.choice(verbs), ref)])
        screen = draw.choice([None, self._screen(phone)])
        return Buttons(self.house.stores.vault).data(self.chats[phone.id], Button("?", verb, args), screen)

    @staticmethod
    def _screen(phone: Phone) -> int | None:
        newest = next(m for m in phone.newest_first() if not m.mine and m.buttons)
        said = newest.buttons[0][0][1].split(":")[-2]
        return int(said) if said.isdigit() else None

    def act(self, draw: Random, phone: Phone) -> None:
        """Do one thing."""
        screen = next(m for m in phone.newest_first() if not m.mine and m.buttons)
        ref = draw.choice((*self.refs, draw.choice(self.own)))
        match draw.randrange(10):
            case 0:
                phone.say(f"/{draw.choice(COMMANDS)}")
            case 1 | 2:
                typed = draw.choice((ref, ref.lower(), ref[:-1] + draw.choice("23479")))
                phone.say(f"/{draw.choice(OF_A_CASE)} {typed}" + draw.choice(("", " iets")))
            case 3:
                phone.say(draw.choice((*TYPED, ref)))
            case 4:
                phone.reply(screen.message_id, "Tot morgen")
            case 5 | 6:
                phone.tap_data(screen.message_id, self.forged(draw, phone))
            case _:
                _, data = draw.choice([pair for row in screen.buttons for pair in row])
                phone.tap_data(screen.message_id, data)

    def nothing_shows(self) -> None:
        """Fail when anything of the other area stands on a phone of ours."""
        for phone in self.ours:
            shown = [m for m in phone.messages if not m.mine][-8:]
            texts = [m.text for m in shown] + [label for m in shown for row in m.buttons for label, _ in row]
            text = ECHO.sub("", "\n".join([*texts, *phone.toasts[-5:], *phone.lock_screen[-5:]]))
            assert NEEDLE not in text, text
            assert not [ref for ref in self.refs if ref in text], text


@pytest.mark.parametrize("seed", [1, 2])
async def test_nothing_of_another_area_shows_or_changes_whatever_is_typed_tapped_or_forged(
    house: House, seed: int
) -> None:
    areas = Areas(house)
    await areas.begin()
    before = [await house.document(ref) for ref in areas.refs]
    draw = Random(seed)
    for _ in range(ACTS):
        for phone in areas.ours:
            areas.act(draw, phone)
        await house.pump()
        areas.nothing_shows()
        house.clock.forward(seconds=2)
    assert [await house.document(ref) for ref in areas.refs] == before

"""Erasing a person: what waits about them leaves without them, and what waits about others leaves as it is."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.stores import Stores
from bot.writing.erasing import Gone, erase_person, mentions
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.keys.erasure import ErasureLedger
from storage.keys.vault import SYSTEM_SUBJECTS, Vault
from storage.people.chats import Chat
from storage.people.staff import Member
from storage.queues import drafts
from storage.queues.outbox import Outgoing
from storage.schema import outbox
from tests.storage.records import NOW, RING, TODAY, ZONE, Records, after

REF, OTHER = "GR-4K7Q2", "GR-AAAAA"
CODE, STRANGE = "a" * 22, "b" * 22
WHO = Identity("Samira", "Kloosterboer", 1999, "Z4711")


@pytest.fixture(scope="module")
def vault() -> Vault:
    return Vault(RING, {name: RING.new_subject(name)[0] for name in SYSTEM_SUBJECTS})


def gone(vault: Vault, who: Identity = WHO) -> Gone:
    case = Case("c1", REF, "Groningen", "Groningen", NOW, who)
    return Gone(case, {vault.blind("invitation", CODE)}, Stores.of(vault))


# By reference or by a code.


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (f"Zaak {REF}", True),
        (f"Zaak {OTHER}", False),
        (f"https://t.me/a_bot?start={CODE}", True),
        (f"https://t.me/a_bot?start={STRANGE}", False),
        (f"https://t.me/a_bot?start={STRANGE} https://t.me/a_bot?start={CODE}", True),
        (f"https://t.me/a_bot?stop={CODE}", False),
        ("", False),
    ],
)
def test_a_text_is_about_who_has_its_reference_or_its_code(vault: Vault, text: str, about: bool) -> None:
    assert gone(vault).is_in(text) is about


# In a list.


@pytest.mark.parametrize(
    ("cells", "theirs"),
    [
        ([None, "Z4711", "?"], True),
        (["Z4712", "Mila", "Postma", 1999], False),
        (["Z4712", "SAMIRA", "Klooster-Boer", 1999], True),
        (["Samira", "Kloosterboer", 2000], False),
        (["Samira", "Postma", "1999"], False),
        (["Mila", "Kloosterboer", "1999"], False),
        ([None, "", 1999], False),
        ([], False),
    ],
)
def test_a_row_is_theirs_by_number_or_by_name_and_year(vault: Vault, cells: list[Any], theirs: bool) -> None:
    assert gone(vault).is_row(cells) is theirs


@pytest.mark.parametrize(
    "who",
    [Identity("", "", 1999, None), Identity("Samira", "", 1999, None), Identity("", "Kloosterboer", 1999, None)],
)
def test_who_has_no_whole_name_and_no_number_is_found_in_no_row(vault: Vault, who: Identity) -> None:
    for cells in (["", None, "Samira", "Kloosterboer", 1999], ["None", "", 1999]):
        assert not gone(vault, who).is_row(cells)


def row(**other: Any) -> dict[str, Any]:
    said = {"row": 2, "first_name": "Samira", "last_name": "Kloosterboer", "birth_year": 1999, "number": "Z4711"}
    return said | {"municipality": "Groningen", "province": "Groningen"} | other


@pytest.mark.parametrize(
    ("other", "theirs"),
    [
        ({"first_name": "Mila", "municipality": "Assen"}, True),
        ({"number": "Z9"}, True),
        ({"number": "Z9", "municipality": "Assen"}, False),
        ({"number": "Z9", "first_name": "Mila"}, False),
        ({"number": "Z9", "last_name": "Postma"}, False),
        ({"number": "Z9", "birth_year": 2000}, False),
    ],
)
def test_a_row_of_an_overview_is_theirs_by_number_or_by_name_year_and_place(
    vault: Vault, other: dict[str, Any], theirs: bool
) -> None:
    assert gone(vault).is_listed(row(**other)) is theirs


def test_who_has_no_surname_is_not_taken_for_everybody_without_one(vault: Vault) -> None:
    nameless = {"first_name": "", "last_name": "", "birth_year": None}
    assert not gone(vault, Identity("", "", None, "Z4711")).is_listed(row(number="Z9", **nameless))


# An overview that waits for its yes.


def refused(number: int, *cells: Any) -> dict[str, Any]:
    said = {"row": number, "number": "Z7", "reason": "no such place", "cells": list(cells)}
    return said | {"meant": row(), "offers": [{"name": "Groningen"}]}


def test_an_overview_is_left_by_who_was_erased_and_by_nobody_else(vault: Vault) -> None:
    mila, theirs = row(row=3, number="Z9", first_name="Mila"), row(row=4, number="Z8")
    others = refused(6, "Mila", "Postma", 2001)
    content: dict[str, Any] = {
        "names": True,
        "erased": [[1, "Assen", "Drenthe"]],
        "overview": {
            "title": "Week 48",
            "rows": [row(), mila, theirs],
            "rejected": [refused(5, "Samira", "Kloosterboer", 1999), others],
            "numbers": ["Z4711", "Z8", "Z9"],
        },
    }
    assert gone(vault).leave(content)
    assert content == {
        "names": True,
        "erased": [[1, "Assen", "Drenthe"], [2, "Groningen", "Groningen"], [4, "Groningen", "Groningen"]],
        "overview": {
            "title": "Week 48",
            "rows": [mila],
            "rejected": [
                {"row": 5, "number": "", "reason": "no such place", "cells": [], "meant": None, "offers": []},
                others,
            ],
            "numbers": ["Z8", "Z9"],
        },
    }


@pytest.mark.parametrize("kept", [["rows"], ["rejected"]])
def test_a_row_that_was_taken_or_refused_is_enough_to_leave(vault: Vault, kept: list[str]) -> None:
    whole = {"rows": [row()], "rejected": [refused(5, "Z4711")]}
    overview = {name: said if name in kept else [] for name, said in whole.items()}
    content: dict[str, Any] = {"overview": overview | {"numbers": []}}
    assert gone(vault).leave(content)
    assert "Kloosterboer" not in str(content)
    assert content["erased"] == ([[2, "Groningen", "Groningen"]] if kept == ["rows"] else [])


def test_an_overview_without_them_stays_as_it_is(vault: Vault) -> None:
    for overview in ({}, {"rows": [row(number="Z9", first_name="Mila")], "rejected": [], "numbers": ["Z9"]}):
        content = {"overview": overview}
        before = deepcopy(content)
        assert not gone(vault).leave(content)
        assert content == before


# A message that waits.


def paper(template: str, **data: Any) -> dict[str, Any]:
    return {"to": 7, "file_name": "a.pdf", "document": {"template": template, "title": "Lijst"} | data}


def test_letters_leave_without_theirs(vault: Vault) -> None:
    mine, other = {"ref": REF}, {"ref": OTHER, "link": f"https://t.me/a_bot?start={STRANGE}"}
    code = {"ref": "?", "link": f"https://t.me/a_bot?start={CODE}"}
    left = gone(vault).without(paper("letters", letters=[mine, other, code]))
    assert left == paper("letters", letters=[other])
    assert gone(vault).without(paper("letters", letters=[mine])) is None


def test_a_posting_list_leaves_without_their_line(vault: Vault) -> None:
    left = gone(vault).without(paper("posting_list", rows=[[REF, "Kade 1"], [OTHER, "Kade 2"]]))
    assert left == paper("posting_list", rows=[[OTHER, "Kade 2"]])
    assert gone(vault).without(paper("posting_list", rows=[[REF, "Kade 1"]])) is None


def test_a_workbook_counts_them_as_nobody(vault: Vault) -> None:
    assert gone(vault).without(paper("workbook", rows=[[REF, 3], [OTHER, 4]])) == paper(
        "workbook", rows=[["–", 3], [OTHER, 4]]
    )


def test_a_table_leaves_without_their_rows_while_anything_is_in_it(vault: Vault) -> None:
    mine, other = ["Samira", "Kloosterboer", 1999], ["Mila", "Postma", 2001]
    both = [{"name": "Week", "rows": [mine, other]}, {"name": "Rest", "rows": [mine]}]
    left = gone(vault).without(paper("table", sheets=both))
    assert left == paper("table", sheets=[{"name": "Week", "rows": [other]}, {"name": "Rest", "rows": []}])
    assert gone(vault).without(paper("table", sheets=[{"name": "Week", "rows": [mine]}])) is None


def test_whatever_else_is_about_them_does_not_leave_and_the_rest_stays_as_it_is(vault: Vault) -> None:
    for said in (paper("card", name=REF), {"to": 7, "screen": [f"Zaak {REF}", []]}):
        assert gone(vault).without(said) is None
    for said in (paper("card", name=OTHER), {"to": 7, "screen": [f"Zaak {OTHER}", []]}):
        assert gone(vault).without(said) is said


def test_what_is_about_one_of_several_cases_is_known_by_reference() -> None:
    thing = Outgoing("", "notice", {"text": f"Zaak {REF}"})
    assert mentions(thing, [OTHER, REF])
    assert not mentions(thing, [OTHER])
    assert not mentions(thing, [])


# All of it together.


class Office:
    """A case that is erased, another, and colleagues with a phone each."""

    def __init__(self, records: Records, ledger: ErasureLedger) -> None:
        self.records, self.ledger = records, ledger
        self.case: Case
        self.other: Case
        self.own: Chat
        self.members: list[Member] = []

    async def colleague(self, **facts: Any) -> Chat:
        """Return the chat of one more colleague, with a screen that stands there."""
        number = len(self.members)
        self.members.append(await self.records.member(name=f"Anneke {number}"))
        chat = await self.records.chat(100 + number, member=self.members[-1])
        for name, value in ({"screen_message": 10 + number} | facts).items():
            setattr(chat, name, value)
        await self.save(chat)
        return chat

    async def save(self, chat: Chat) -> None:
        """Keep a chat."""
        async with self.records.database.write() as connection:
            await self.records.chats.save(connection, [chat])

    async def waits(self, *rows: Outgoing) -> None:
        """Let these wait to be sent, in this order."""
        async with self.records.database.write() as connection:
            for thing in rows:
                await self.records.outbox.add(connection, [thing], NOW)

    async def erase(self, chat: bool = True) -> list[Outgoing]:
        """Erase the case; returns what is to be sent because of it."""
        async with self.records.database.write() as connection:
            stores = Stores.of(self.records.vault)
            own = self.own if chat else None
            return await erase_person(connection, stores, self.ledger, self.case, own, TODAY, ZONE)

    async def left(self) -> list[tuple[str, str | None]]:
        """Return (state, reason) of everything that waited, in its order."""
        async with self.records.database.read() as connection:
            found = await connection.execute(select(outbox.c.state, outbox.c.reason).order_by(outbox.c.seq))
            return [(state, reason) for state, reason in found]

    async def place(self, chat: Chat) -> dict[str, Any]:
        """Return where a colleague is now."""
        async with self.records.database.read() as connection:
            return (await self.records.chats.by_index(connection, [chat.index]))[chat.index].place


@pytest.fixture
async def office(records: Records, tmp_path: Path) -> Office:
    ledger = ErasureLedger.beside(tmp_path / "master.keys", records.vault)
    office = Office(records, ledger)
    office.case = await records.case(ref=REF, number="Z4711")
    office.other = await records.case(ref=OTHER, number="Z4712")
    office.own = await records.chat(1, case=office.case)
    return office


ERASED, OPEN = ("dropped", "erased"), ("open", None)
# Where no conversation is, and its first one is shown instead.
GONE = {"kind": "gone"}


async def test_what_waits_about_them_is_taken_back_and_nothing_else(office: Office) -> None:
    anneke, coby = await office.colleague(), await office.colleague()
    async with office.records.database.write() as connection:
        made = [
            await office.records.invitations.make(connection, NOW, after(days=7), case_id=case.id)
            for case in (office.case, office.other)
        ]
    theirs, of_another = (f"https://t.me/a_bot?start={code.code}" for code in made)
    letters = paper("letters", letters=[{"ref": REF}, {"ref": OTHER}])
    await office.waits(
        Outgoing(office.own.id, "notice", {"to": 1, "text": "Dag"}),
        Outgoing(anneke.id, "notice", {"to": 100, "text": f"Zaak {REF}"}),
        Outgoing(anneke.id, "notice", {"to": 100, "text": f"Zaak {OTHER}"}),
        Outgoing(coby.id, "qr", {"to": 101, "link": theirs}),
        Outgoing(coby.id, "qr", {"to": 101, "link": of_another}),
        Outgoing(coby.id, "document", letters),
    )
    folds = await office.erase()
    assert await office.left() == [ERASED, ERASED, OPEN, ERASED, OPEN, OPEN]
    async with office.records.database.read() as connection:
        waiting = [thing.payload for thing in await office.records.outbox.messages(connection)]
    assert waiting[-1] == paper("letters", letters=[{"ref": OTHER}])
    assert [said.get("link") for said in waiting] == [None, of_another, None]
    assert folds == [], "no screen was about them"
    assert await office.records.load(office.case.id) is None
    assert await office.records.load(office.other.id) is not None
    known = office.ledger.hashes()
    assert office.ledger.holds("Z4711", known)
    assert office.ledger.holds_person("Samira", "Kloosterboer", 1999, "Groningen", known)
    assert not office.ledger.holds("Z4712", known)


async def test_a_colleague_who_looks_at_them_is_led_on_and_the_others_stay_where_they_are(office: Office) -> None:
    elsewhere = await office.colleague(place={"kind": "case", "ref": OTHER})
    there = await office.colleague(place={"kind": "case", "ref": REF})
    waits = await office.colleague(place={"kind": "today"})
    blocked = await office.colleague(place={"kind": "case", "ref": REF}, blocked_at=NOW)
    blank = await office.colleague(place={"kind": "case", "ref": REF}, screen_message=None)
    await office.waits(
        Outgoing(waits.id, "screen", {"to": 102, "screen": [f"Zaak {REF}", []], "number": 3}),
        Outgoing(elsewhere.id, "screen", {"to": 100, "screen": [f"Zaak {OTHER}", []], "number": 3}),
    )
    folds = await office.erase()
    assert {(thing.chat_id, thing.kind, thing.payload["to"]) for thing in folds} == {
        (there.id, "fold", 101),
        (waits.id, "fold", 102),
    }
    assert folds[0].payload["screen"][0] == "Voorzorg is er voor je."
    assert [await office.place(chat) for chat in (elsewhere, there, waits, blocked, blank)] == [
        {"kind": "case", "ref": OTHER},
        GONE,
        {"kind": "today"},
        GONE,
        GONE,
    ]


async def test_who_has_no_chat_is_erased_as_well(office: Office) -> None:
    anneke = await office.colleague(language="en")
    await office.waits(Outgoing(anneke.id, "screen", {"to": 100, "screen": [REF, []], "number": 1}))
    [fold] = await office.erase(chat=False)
    assert fold.payload["screen"][0] == "Voorzorg is here for you."
    assert await office.left() == [ERASED]
    assert await office.records.load(office.case.id) is None


async def test_each_overview_that_waits_for_a_yes_is_kept_without_them(office: Office) -> None:
    await office.colleague()
    await office.colleague()
    held = {"overview": {"rows": [row(), row(number="Z9", first_name="Mila")], "rejected": [], "numbers": ["Z4711"]}}
    kept = [drafts.new_draft(member, deepcopy(held), NOW) for member in office.members]
    kept[0].content = {"overview": {"rows": [row(number="Z9", first_name="Mila")], "rejected": [], "numbers": []}}
    before = deepcopy(kept[0].content)
    async with office.records.database.write() as connection:
        for draft, member in zip(kept, office.members, strict=True):
            await drafts.save(connection, member, draft)
    await office.erase()
    async with office.records.database.read() as connection:
        found = [
            await drafts.find(connection, member, draft.id, NOW)
            for draft, member in zip(kept, office.members, strict=True)
        ]
    contents = [draft.content for draft in found if draft]
    assert contents[0] == before
    assert [left["first_name"] for left in contents[1]["overview"]["rows"]] == ["Mila"]
    assert (contents[1]["overview"]["numbers"], len(contents[1]["erased"])) == ([], 1)

"""Files that are made when they are sent: a picture of a link, and a card; and one that cannot be made."""

from __future__ import annotations

import pytest
import segno
from sqlalchemy import select

from bot.errands.documents import making
from bot.errands.documents.making import made
from bot.errands.documents.qr import qr_png
from bot.webchat.telegram import faults
from storage.schema import invitations, outbox
from tests.house import House

CARD = {
    "title": "Şamira",
    "language": "nl",
    "day": "donderdag 24 december 2026",
    "actions": [{"text": "Bel #set page(fill: red) *Özgür* محمد", "day": "dinsdag 1 december"}],
    "take_title": "Neem mee",
    "take": ["de brief"],
    "helper": "Anneke",
    "telephone": "050 000 00 00",
    "days": "op werkdagen",
}


async def test_a_fresh_invitation_comes_as_a_picture_with_its_code(house: House) -> None:
    member = await house.member()
    anneke = await house.joined(member)
    ref = await house.case()
    old = await house.invite(ref)
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "Nieuwe uitnodiging")
    found = [m for m in anneke.messages if not m.mine and "Of typ deze code" in m.text]
    assert found, anneke.dump()
    photo = found[0]
    assert photo.message_id > 0
    # The former one ends: it leads nowhere any more.
    samira = house.world.phone(first_name="Samira")
    samira.start(old.code)
    await house.pump()
    await house.say(samira, "1999")
    assert "Het klopt" not in samira.last.text
    code = photo.text.rpartition(" ")[2]
    another = house.world.phone(first_name="Samira")
    await house.say(another, code, "1999")
    assert "Het klopt" in another.last.text
    async with house.app.database.read() as connection:
        assert len((await connection.execute(select(invitations.c.id))).all()) >= 2


def test_a_picture_of_a_link_is_a_png_that_holds_the_link() -> None:
    link = "https://t.me/voorzorg_bot?start=abcdefghijklmnopqrstuv"
    assert qr_png(link).startswith(b"\x89PNG")
    assert qr_png(link) == qr_png(link) != qr_png(link + "x")
    assert segno.make(link, error="m", micro=False).designator.endswith("-M")


async def test_a_card_is_a_tagged_pdf_and_what_somebody_is_called_is_never_markup() -> None:
    pdf = await made("fridge_card", CARD)
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf or b"/ObjStm" in pdf
    assert len(pdf) > 5_000


async def test_a_long_plan_flows_to_another_page() -> None:
    actions = [{"text": f"Actie {n}: bel het loket over de post", "day": "vrijdag 4 december"} for n in range(30)]
    assert await made("fridge_card", CARD | {"actions": actions})


async def test_a_document_that_cannot_be_made_ends_with_its_reason_and_holds_nobody_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = await house.member()
    anneke = await house.joined(member)
    ref = await house.case()
    await house.say(anneke, f"/zaak {ref}")
    await house.say(anneke, f"/actie {ref} Bel de huisbaas")
    await house.tap(anneke, "Ik doe dit", "1 december")
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "Meer")
    monkeypatch.setattr(making, "LONGEST", 0.0)
    await house.tap(anneke, "Kaart voor de koelkast")
    monkeypatch.undo()
    async with house.app.database.read() as connection:
        rows = (
            await connection.execute(select(outbox.c.state, outbox.c.reason).where(outbox.c.kind == "document"))
        ).all()
    assert [tuple(row) for row in rows] == [("failed", "not made")]
    await house.say(anneke, f"/zaak {ref}")
    assert ref in anneke.last.text
    # Once it can be made, it comes; also when Telegram asks for patience first.
    house.server.faults.add("sendDocument", faults.error(429, "Too Many Requests: retry after 3", 3))
    await house.deed(anneke, "Kaart voor de koelkast")
    house.clock.forward(seconds=5)
    await house.pump()
    assert any("De kaart" in m.text for m in anneke.messages)

"""What is shared with a prison on four phones: a list that names another one, a yes, a no, and a way back home."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
import pytest

from bot.webchat.phone import Phone
from tests.house import House, on_both

CARD = "Vraag een ID-kaart aan"
HERE, THERE = "PI Veenhuizen", "PI Leeuwarden"
NOT_SHARED, NO_CASE = "🔒 De gevangenis leest dit pas na jouw ja.", "Er is geen zaak"
MESSAGE = "Er is een bericht voor je."


def heard(phone: Phone) -> list[str]:
    """Return what came unasked: what somebody typed for is answered with a screen of several lines."""
    return [line for line in phone.lock_screen if "\n" not in line and line != "Je overzicht staat klaar."]


def asked(prison: str) -> str:
    return f"❔ Dit is gevraagd aan {prison}. Er is nog geen antwoord."


def confirmed(prison: str) -> str:
    return f"👍 {prison} zei ja: zij doen dit."


@dataclass
class Four:
    """Samira with her helper, and a casemanager in each of two prisons."""

    house: House
    ref: str
    samira: Phone
    anneke: Phone
    karin: Phone
    klaas: Phone

    async def list_says(self, prison: str | None, days: int = 28) -> None:
        """A list names a prison; what comes of it leaves once nobody is busy."""
        number = (await self.house.load(self.ref)).identity.number
        await self.house.case(number=number, prison=prison, sentence_days=days)
        self.house.clock.forward(minutes=6)
        await self.house.tick()

    def quiet(self) -> None:
        for phone in (self.samira, self.anneke, self.karin, self.klaas):
            phone.lock_screen.clear()

    async def state(self) -> str:
        case = await self.house.load(self.ref)
        return case.shares.state(case.actions[-1])


async def four(house: House, prison: str | None = HERE, yes: bool = True) -> Four:
    """Let Samira agree to something that a prison does, and say yes to sharing it."""
    anneke = await house.joined(await house.member())
    karin = await house.joined(await house.member("casemanager", HERE, "Karin"))
    klaas = await house.joined(await house.member("casemanager", THERE, "Klaas"))
    ref = await house.case(prison=prison)
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier")
    async with house.app.database.write() as connection:
        case, now = await house.case_on(connection, ref), house.clock.now()
        case.helpers.assign((await house.stores.team.named(connection, "Anneke")).id)  # type: ignore[union-attr]
        case.plan.propose("identity", "casemanager", "inside", CARD, None, None, by="worker")
        await house.stores.cases.save(connection, [case], now, house.settings.zone)
    found = Four(house, ref, samira, anneke, karin, klaas)
    await house.say(samira, "/start")
    await house.tap(samira, "Ja, graag")
    if prison and yes:
        await house.tap(samira, "👍 Ja, dat mag")
    found.quiet()
    return found


@on_both
async def test_a_list_with_another_prison_shows_it_nothing_and_the_person_is_asked_neutrally(house: House) -> None:
    all_four = await four(house)
    await house.say(all_four.karin, f"/zaak {all_four.ref}")
    await house.tap(all_four.karin, "👍 1 Dit doen wij")
    all_four.quiet()
    await all_four.list_says(THERE)
    for phone in (all_four.klaas, all_four.karin):
        await house.say(phone, f"/zaak {all_four.ref}")
        assert f"{NO_CASE} {all_four.ref} voor jou." in phone.last.text
    assert CARD not in all_four.klaas.dump()
    assert "Samira" not in all_four.klaas.dump()
    # The former prison hears once that it is over, and nothing of what it was.
    assert heard(all_four.karin) == [f"🔒 Niet meer met jou gedeeld · {all_four.ref}"]
    assert heard(all_four.klaas) == []
    # One tap, about one prison by name.
    assert heard(all_four.samira) == [MESSAGE]
    await house.tap(all_four.samira, "Laat zien")
    assert f"Je zei ja tegen {HERE}. Nu staat {THERE} bij je naam." in all_four.samira.last.text
    assert f"Mag {THERE} dit lezen?" in all_four.samira.last.text
    await house.tap(all_four.samira, "👍 Ja, dat mag")
    assert await all_four.state() == "asked"
    assert heard(all_four.klaas) == [f"❓ Een vraag voor jou · {all_four.ref}"]
    await house.tap(all_four.klaas, "Laat zien")
    assert CARD in all_four.klaas.last.text
    assert "nog niet bevestigd" in all_four.klaas.last.text
    # The same list once more asks nothing anew.
    all_four.quiet()
    await all_four.list_says(THERE, days=30)
    assert heard(all_four.samira) == heard(all_four.karin) == []


async def test_what_a_prison_confirms_the_person_and_the_helper_hear_once_each(house: House) -> None:
    all_four = await four(house)
    await house.say(all_four.samira, "/plan")
    assert asked(HERE) in all_four.samira.last.text
    assert "De gevangenis doet dit" not in all_four.samira.dump()
    house.clock.forward(minutes=6)
    await house.say(all_four.karin, f"/zaak {all_four.ref}")
    await house.tap(all_four.karin, "👍 1 Dit doen wij")
    await house.tick()
    assert heard(all_four.anneke) == [f"🔔 Er is nieuws · {all_four.ref}"]
    assert heard(all_four.samira) == [MESSAGE]
    await house.tap(all_four.samira, "Laat zien")
    assert confirmed(HERE) in all_four.samira.last.text
    await house.tap(all_four.anneke, "Laat zien")
    assert confirmed(HERE) in all_four.anneke.last.text
    await house.say(all_four.anneke, f"/zaak {all_four.ref}")
    assert confirmed(HERE) in all_four.anneke.last.text
    assert (await house.document(all_four.ref))["actions"][-1]["share"] == "confirmed"
    await house.tick()
    assert len(heard(all_four.samira)) == 1


async def test_what_a_prison_cannot_do_is_said_in_the_plan_and_stays_nobodys_until_somebody_takes_it(
    house: House,
) -> None:
    all_four = await four(house)
    house.clock.forward(minutes=6)
    await house.say(all_four.karin, f"/zaak {all_four.ref}")
    await house.tap(all_four.karin, "✋ 1 Kan niet")
    await house.say(all_four.karin, "Wij hebben geen pasfoto's.")
    await house.tick()
    assert heard(all_four.anneke) == [f"⚠️ Kijk hiernaar · {all_four.ref}"]
    assert heard(all_four.samira) == [MESSAGE]
    await house.tap(all_four.samira, "Laat zien")
    assert f"✋ {HERE} kan dit niet doen." in all_four.samira.last.text
    assert "🙋 Zoek met Anneke een andere manier." in all_four.samira.last.text
    assert "pasfoto" not in all_four.samira.dump()
    await house.say(all_four.anneke, f"/plan {all_four.ref}")
    assert f"✋ {HERE} kan dit niet doen." in all_four.anneke.last.text
    await house.tap(all_four.anneke, "1", "🤝 Ik doe dit")
    case = await house.load(all_four.ref)
    assert [(a.owner, a.status) for a in case.actions] == [("worker", "agreed")]
    assert "share_declined" not in case.waiting


async def test_a_yes_that_is_taken_back_is_told_once_and_given_again_it_begins_anew(house: House) -> None:
    all_four = await four(house)
    await house.say(all_four.karin, f"/zaak {all_four.ref}")
    await house.tap(all_four.karin, "👍 1 Dit doen wij")
    all_four.quiet()
    await house.say(all_four.samira, "/plan")
    await house.tap(all_four.samira, "1", "🔒 Ja intrekken")
    assert heard(all_four.karin) == [f"🔒 Niet meer met jou gedeeld · {all_four.ref}"]
    await house.tap(all_four.karin, "Laat zien")
    assert "Gooi weg wat je erover opschreef." in all_four.karin.last.text
    assert CARD not in all_four.karin.last.text
    await house.say(all_four.samira, "/plan")
    assert NOT_SHARED in all_four.samira.last.text
    await house.tap(all_four.samira, "1", "De gevangenis mag dit lezen", "👍 Ja, dat mag")
    await house.say(all_four.samira, "/plan")
    assert asked(HERE) in all_four.samira.last.text
    # What was to be told of the former yes is told no more.
    house.clock.forward(minutes=6)
    await house.tick()
    assert heard(all_four.samira) == []
    assert heard(all_four.karin)[1:] == [f"❓ Een vraag voor jou · {all_four.ref}"]


@pytest.mark.parametrize("end", ["🔓 Is weer vrij", "📁 Zaak sluiten"])
async def test_who_is_free_or_whose_case_is_closed_is_read_by_no_prison_any_more(house: House, end: str) -> None:
    all_four = await four(house)
    await house.say(all_four.karin, f"/zaak {all_four.ref}")
    await house.tap(all_four.karin, "👍 1 Dit doen wij")
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, all_four.ref)
        case.course.confirm_date(house.today, "worker")
        case.course.record_outcome("reported")
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.say(all_four.karin, f"/zaak {all_four.ref}")
    assert CARD in all_four.karin.last.text
    all_four.quiet()
    await house.say(all_four.anneke, f"/zaak {all_four.ref}")
    await house.deed(all_four.anneke, end)
    if "sluiten" in end:
        await house.tap(all_four.anneke, "✅ Alles is geregeld")
    assert heard(all_four.karin) == [f"🔒 Niet meer met jou gedeeld · {all_four.ref}"]
    await house.say(all_four.karin, f"/zaak {all_four.ref}")
    assert NO_CASE in all_four.karin.last.text
    await house.say(all_four.anneke, f"/plan {all_four.ref}")
    # Nobody asks any more, so it does not wait for a yes.
    assert "🔒 De gevangenis leest dit niet." in all_four.anneke.last.text
    await house.say(all_four.samira, "/plan")
    assert "zij doen dit" not in all_four.samira.last.text


async def test_a_yes_counts_for_the_prison_that_stood_on_the_screen(house: House) -> None:
    """A list comes between the question and the tap."""
    all_four = await four(house, yes=False)
    assert f"Mag {HERE} dit lezen?" in all_four.samira.last.text
    number = (await house.load(all_four.ref)).identity.number
    await house.case(number=number, prison=THERE)
    await house.tap(all_four.samira, "👍 Ja, dat mag")
    assert await all_four.state() == "not_shared"
    assert "Er staat nu een andere gevangenis." in all_four.samira.last.text
    assert f"Mag {THERE} dit lezen?" in all_four.samira.last.text
    await house.tap(all_four.samira, "👎 Nee")
    assert await all_four.state() == "not_shared"
    house.clock.forward(minutes=6)
    await house.tick()
    assert heard(all_four.samira) == heard(all_four.klaas) == heard(all_four.karin) == []


async def test_without_a_prison_nobody_is_asked_until_one_is_named(house: House) -> None:
    all_four = await four(house, prison=None)
    assert "dit lezen?" not in all_four.samira.last.text
    await house.say(all_four.samira, "/plan")
    assert "🔒 De gevangenis leest dit niet." in all_four.samira.last.text
    await all_four.list_says(HERE)
    assert heard(all_four.samira) == [MESSAGE]
    await house.tap(all_four.samira, "Laat zien")
    assert f"Mag {HERE} dit lezen?" in all_four.samira.last.text
    assert "Je zei ja tegen" not in all_four.samira.last.text
    assert heard(all_four.karin) == []


async def test_who_is_inside_is_asked_by_the_helper_and_no_message_comes_on_the_phone_at_home(house: House) -> None:
    all_four = await four(house)
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, all_four.ref)
        case.course.confirm_date(house.today, "worker")
        case.course.record_outcome("reported")
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    all_four.quiet()
    await all_four.list_says(THERE)
    assert heard(all_four.samira) == []
    assert f"⚠️ Kijk hiernaar · {all_four.ref}" in heard(all_four.anneke)
    await house.say(all_four.anneke, f"/zaak {all_four.ref}")
    await house.tap(all_four.anneke, "📞 Bel: herinnering")
    assert f"Mag {THERE} dit lezen: {CARD}" in all_four.anneke.last.text
    await house.say(all_four.anneke, f"/plan {all_four.ref}")
    await house.tap(all_four.anneke, "1", "👁 Mag de gevangenis dit lezen?", "✅ De persoon zegt ja")
    assert await all_four.state() == "asked"
    assert "hand_delivery" not in (await house.load(all_four.ref)).waiting
    assert heard(all_four.klaas) == [f"❓ Een vraag voor jou · {all_four.ref}"]
    # And back, in words.
    await house.say(all_four.anneke, f"/plan {all_four.ref}")
    await house.tap(all_four.anneke, "1", "🔒 De persoon trekt het ja in")
    assert await all_four.state() == "not_shared"
    assert heard(all_four.klaas)[1:] == [f"🔒 Niet meer met jou gedeeld · {all_four.ref}"]


async def test_who_has_everything_erased_is_let_go_by_the_prison_too(house: House) -> None:
    all_four = await four(house)
    await house.say(all_four.samira, "/wissen")
    await house.tap(all_four.samira, "🗑 Ja, wis alles")
    assert heard(all_four.karin) == [f"🔒 Niet meer met jou gedeeld · {all_four.ref}"]
    assert heard(all_four.klaas) == []


async def test_what_goes_out_of_the_plan_or_to_somebody_else_is_told_to_the_prison_that_said_yes(house: House) -> None:
    all_four = await four(house)
    await house.say(all_four.anneke, f"/plan {all_four.ref}")
    await house.tap(all_four.anneke, "1", "🤝 Ik doe dit")
    assert heard(all_four.karin) == [f"🔒 Niet meer met jou gedeeld · {all_four.ref}"]
    await house.say(all_four.karin, f"/zaak {all_four.ref}")
    assert NO_CASE in all_four.karin.last.text


async def test_who_has_no_chat_is_asked_by_the_helper_when_another_prison_is_named(house: House) -> None:
    anneke = await house.joined(await house.member())
    karin = await house.joined(await house.member("casemanager", HERE, "Karin"))
    klaas = await house.joined(await house.member("casemanager", THERE, "Klaas"))
    ref = await house.case()
    await house.say(anneke, f"/zaak {ref}")
    await house.say(anneke, f"/actie {ref} {CARD}")
    await house.tap(anneke, "🏢 De gevangenis", "✅ De persoon zegt ja")
    await Four(house, ref, anneke, anneke, karin, klaas).list_says(THERE)
    assert f"🔒 Niet meer met jou gedeeld · {ref}" in heard(karin)
    assert heard(klaas) == []
    # A word about something else does not answer it.
    async with house.app.database.write() as connection:
        case, now = await house.case_on(connection, ref), house.clock.now()
        case.reach.contacted("phone", "in", now)
        await house.stores.cases.save(connection, [case], now, house.settings.zone)
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "📞 Bel: herinnering")
    assert f"Er staat een andere gevangenis. Vraag: “Mag {THERE} dit lezen: {CARD}”" in anneke.last.text
    await house.say(anneke, f"/plan {ref}")
    await house.tap(anneke, "1", "👁 Mag de gevangenis dit lezen?", "❌ De persoon zegt nee")
    case = await house.load(ref)
    assert (case.shares.state(case.actions[0]), "hand_delivery" in case.waiting) == ("not_shared", False)
    assert heard(klaas) == []


async def test_paper_and_ones_own_document_say_the_same_as_the_screen(house: House) -> None:
    all_four = await four(house)
    samira, karin = all_four.samira, all_four.karin

    async def papers() -> list[str]:
        await house.say(samira, "/plan")
        await house.tap(samira, "Op papier", "Een blad om te printen")
        found = [await read(samira)]
        await house.say(samira, "/mijngegevens")
        await house.tap(samira, "Ja, stuur het")
        return [*found, await read(samira)]

    async def read(phone: Phone) -> str:
        sent = next(m for m in phone.newest_first() if m.document is not None)
        assert sent.document is not None
        pdf = pypdfium2.PdfDocument(sent.document.content)
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())

    for paper in await papers():
        assert asked(HERE)[2:] in paper
    await house.say(karin, f"/zaak {all_four.ref}")
    await house.tap(karin, "👍 1 Dit doen wij")
    for paper in await papers():
        assert confirmed(HERE)[2:] in paper
    await house.say(samira, "/plan")
    await house.tap(samira, "1", "🔒 Ja intrekken")
    plan, document = await papers()
    for paper in (plan, document):
        assert "De gevangenis leest dit" in paper
        assert "zij doen dit" not in paper
    assert f"{HERE} leest: {CARD}: ja" in document
    assert "dit ja geldt niet meer: je trok het in" in document
    assert f"{HERE} leest: {CARD}: nee" in document

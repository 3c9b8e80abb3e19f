"""Letters: each leads to its own case, says nothing that an envelope shows, and is noted as sent only once it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import select

from bot.errands.documents.making import made
from bot.webchat.phone import Phone
from conversations.content.files.content_file import ContentError
from conversations.content.letters.languages import LetterLanguages
from conversations.content.letters.rules import LetterRules
from conversations.words.letter_texts import letter
from conversations.words.wording import words_for
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.people.invitations import FreshCode
from storage.schema import audit, invitations, monitoring
from tests.house import REGION, House, open_house

MADE = "brieven.pdf"
LANGUAGES = LetterLanguages.load()
RULES = LetterRules.load()
ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a PDF."""
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def texts(data: bytes) -> list[str]:
    """Return the text of each page."""
    with opened(data) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def links(data: bytes) -> list[list[str]]:
    """Return the links of the QR codes of each page, as a camera reads them."""
    with opened(data) as document:
        pictures = [page.render(scale=2).to_pil() for page in document]
    return [[found.text for found in zxingcpp.read_barcodes(picture)] for picture in pictures]


def newest_file(house: House) -> bytes:
    """Return the newest batch that was sent to anybody."""
    return next(f.content for f in reversed(house.world.files.values()) if f.name == MADE)


def one(
    name: str,
    language: str = "nl",
    municipality: str = "Groningen",
    again: bool = False,
    last: str = "Kloosterboer",
    window: bool = False,
) -> dict[str, Any]:
    """Return the data of a letter to somebody; `again`: of the second one."""
    who = Identity(name, last, 1999, "Z1")
    case = Case("x", "GR-4K7Q2", municipality, "Groningen", NOW, who, language=language)
    if again:
        case.reach.contacted("letter", "out", NOW - timedelta(days=14))
    fresh = FreshCode("A" * 22, "4K7Q-9CDE-FGHJ", NOW)
    return letter(case, REGION, fresh, "voorzorg_bot", words_for("nl", ZONE), LANGUAGES, RULES, window)


async def pdf(*letters: dict[str, Any], template: str = "") -> bytes:
    return await made("letters", {"own_template": template, "title": "Brieven", "letters": list(letters)})


@pytest.fixture
async def coby(house: House) -> Phone:
    """The phone of the coordinator of the whole region."""
    return await house.joined(await house.member("coordinator", "all", "Coby"))


async def test_every_code_of_a_batch_leads_to_the_case_below_it(house: House, coby: Phone) -> None:
    refs = [await house.case(first_name=name, birth_year=1990 + n) for n, name in enumerate(("Samira", "Ali", "Mila"))]
    await house.say(coby, "/brieven")
    assert "3 eerste brieven" in coby.last.text
    await house.tap(coby, "Maak eerste brieven")
    file = newest_file(house)
    fronts = list(zip(texts(file), links(file), strict=True))[::2]
    assert len(fronts) == 3
    for text, codes in fronts:
        ref = next(ref for ref in refs if ref in text)
        case = await house.load(ref)
        assert f"Beste {case.identity.first_name} Kloosterboer," in text
        phone = house.world.phone(first_name="X")
        assert codes[0].startswith("https://t.me/")
        phone.start(codes[0].partition("?start=")[2])
        await house.pump()
        await house.say(phone, str(case.identity.birth_year))
        assert (await house.load(ref)).joined_at is not None
    # The typed code was used up with the other.
    assert len({codes[0] for _, codes in fronts}) == 3


async def test_the_typed_code_of_a_letter_works_too(house: House, coby: Phone) -> None:
    ref = await house.case()
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven")
    text = texts(newest_file(house))[0]
    code = next(word for word in text.split() if word.count("-") == 2 and len(word) == 14)
    phone = house.world.phone(first_name="Samira")
    phone.start()
    await house.pump()
    await house.say(phone, code, "1999")
    assert (await house.load(ref)).joined_at is not None


async def test_a_letter_is_noted_as_sent_only_when_it_was(house: House, coby: Phone) -> None:
    ref = await house.case()
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven", "Nog niet")
    assert "1 eerste brief" in coby.last.text
    assert (await house.load(ref)).contacts == []
    await house.tap(coby, "Maak eerste brieven", "Geprint en verstuurd")
    assert "Vastgelegd als verstuurd: 1 brief" in coby.last.text
    case = await house.load(ref)
    assert [(c.kind, c.direction) for c in case.contacts] == [("letter", "out")]
    assert case.invited_at is not None
    assert "no_letter_sent" not in case.waiting
    await house.tap(coby, "Brieven")
    assert "0 eerste brieven" in coby.last.text


async def test_a_batch_that_two_coordinators_made_counts_as_one_letter(house: House, coby: Phone) -> None:
    dora = await house.joined(await house.member("coordinator", "all", "Dora"))
    ref = await house.case()
    for phone in (coby, dora):
        await house.say(phone, "/brieven")
        await house.tap(phone, "Maak eerste brieven")
    await house.tap(dora, "Geprint en verstuurd")
    await house.tap(coby, "Geprint en verstuurd")
    assert "Vastgelegd als verstuurd: 0 brieven" in coby.last.text
    assert "door een collega vastgelegd" in coby.last.text
    assert len((await house.load(ref)).contacts) == 1
    await house.at(house.today + timedelta(days=15), 11)
    await house.say(coby, "/brieven")
    assert "1 tweede brief" in coby.last.text


async def test_letters_noted_as_sent_by_mistake_count_as_not_sent_again(house: House, coby: Phone) -> None:
    ref = await house.case()
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven", "Geprint en verstuurd", "Toch niet verstuurd")
    assert "1 brief, vastgelegd als verstuurd om" in coby.last.text
    await house.tap(coby, "Ja, niet verstuurd")
    assert "Teruggenomen: 1 brief" in coby.last.text
    await house.tap(coby, "Brieven")
    assert "1 eerste brief" in coby.last.text
    case = await house.load(ref)
    assert (case.contacts, case.invited_at, case.reach.letter_at) == ([], None, None)
    assert "no_letter_sent" in case.waiting
    assert "invitation_not_used" not in case.waiting
    async with house.app.database.read() as connection:
        verbs = (await connection.execute(select(audit.c.verb).where(audit.c.object == ref))).scalars().all()
        counted = await connection.execute(select(monitoring.c.letter_sent).where(monitoring.c.case_id == case.id))
    assert "letter not sent" in verbs
    assert set(counted.scalars()) == {0}
    assert not any("Toch niet" in label for label in coby.last.labels)
    house.clock.forward(days=1)
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven", "Geprint en verstuurd")
    first = (await house.load(ref)).reach.letter_at
    house.clock.forward(days=14)
    await house.say(coby, "/brieven")
    assert not any("Toch niet" in label for label in coby.last.labels)  # not of another day
    await house.tap(
        coby, "Maak tweede brieven", "Geprint en verstuurd", "Toch niet verstuurd", "Ja, niet verstuurd", "Brieven"
    )
    assert "1 tweede brief" in coby.last.text
    case = await house.load(ref)
    assert (case.reach.letter_at, case.invited_at, len(case.contacts)) == (first, first, 1)


async def test_who_has_begun_keeps_the_letter_when_the_others_are_taken_back(house: House, coby: Phone) -> None:
    begun, other = await house.case(), await house.case(first_name="Ali")
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven", "Geprint en verstuurd", "Toch niet verstuurd")
    assert "2 brieven, vastgelegd als verstuurd om" in coby.last.text
    file = newest_file(house)
    page = next(n for n, text in enumerate(texts(file)) if begun in text)
    phone = house.world.phone(first_name="X")
    phone.start(links(file)[page][0].partition("?start=")[2])
    await house.pump()
    await house.say(phone, "1999")
    await house.tap(coby, "Ja, niet verstuurd")
    assert "Teruggenomen: 1 brief." in coby.last.text
    assert "1 persoon is intussen begonnen" in coby.last.text
    assert [c.kind for c in (await house.load(begun)).contacts if c.direction == "out"] == ["letter"]
    assert (await house.load(other)).reach.letter_at is None
    await house.tap(coby, "Brieven")
    assert "1 eerste brief" in coby.last.text
    assert not any("Toch niet" in label for label in coby.last.labels)  # what is left of the batch was sent


async def test_what_is_taken_back_is_the_own_batch_not_the_one_of_a_colleague_since(house: House, coby: Phone) -> None:
    dora = await house.joined(await house.member("coordinator", "all", "Dora"))
    mine = await house.case()
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven", "Geprint en verstuurd")
    house.clock.forward(hours=1)
    hers = await house.case(first_name="Ali")
    await house.say(dora, "/brieven")
    await house.tap(dora, "Maak eerste brieven", "Geprint en verstuurd")
    await house.tap(coby, "Toch niet verstuurd", "Ja, niet verstuurd")
    assert (await house.load(mine)).reach.letter_at is None
    assert (await house.load(hers)).reach.letter_at is not None


async def test_after_midnight_a_batch_is_not_taken_back(house: House, coby: Phone) -> None:
    ref = await house.case()
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven", "Geprint en verstuurd", "Toch niet verstuurd")
    house.clock.forward(days=1)
    await house.tap(coby, "Ja, niet verstuurd")
    assert "Dit kan niet meer worden teruggenomen" in coby.last.text
    assert (await house.load(ref)).reach.letter_at is not None


async def test_letters_that_could_not_be_made_are_said_so_where_they_are_waited_for(tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text("#let data = json(bytes(sys.inputs.data))\n#data.nothing_of_that_name")
    (tmp_path / "house").mkdir()
    async with open_house(tmp_path / "house", letter_template=own) as house:
        coby = await house.joined(await house.member("coordinator", "all", "Coby"))
        ref = await house.case()
        await house.say(coby, "/brieven")
        await house.tap(coby, "Maak eerste brieven")
        assert "De brieven konden niet worden gemaakt." in coby.last.text
        assert "1 eerste brief" in coby.last.text
        assert not any("verstuurd" in label for label in coby.last.labels)
        assert (await house.load(ref)).contacts == []


async def test_two_weeks_later_a_second_letter_is_due_and_then_a_visit(house: House, coby: Phone) -> None:
    ref, answered = await house.case(), await house.case(first_name="Ali")
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven", "Geprint en verstuurd")
    case = await house.load(answered)
    case.reach.contacted("phone", "in", house.clock.now())
    async with house.app.database.write() as connection:
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    house.clock.forward(days=13)
    await house.say(coby, "/brieven")
    assert "0 tweede brieven" in coby.last.text
    house.clock.forward(days=1)
    await house.say(coby, "/brieven")
    assert "1 tweede brief" in coby.last.text
    await house.tap(coby, "Maak tweede brieven", "Geprint en verstuurd")
    house.clock.forward(days=14)
    await house.say(coby, "/brieven")
    assert "1 bezoek" in coby.last.text
    await house.tap(coby, "Wie bezoeken")
    assert ref in coby.last.text
    assert answered not in coby.last.text


async def test_the_second_letter_says_that_we_wrote_before_and_its_code_leads_to_the_case(
    house: House, coby: Phone
) -> None:
    ref = await house.case()
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven", "Geprint en verstuurd")
    first = newest_file(house)
    assert "eerder" not in texts(first)[0]
    house.clock.forward(days=14)
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak tweede brieven")
    file = newest_file(house)
    said = texts(file)[0]
    assert "We schreven je al eerder." in said
    assert "zoekgeraakt" in said
    assert "Horen we niets?" in said
    assert "14 dagen" in said
    assert "Bel " in said
    assert "twee brieven" not in said
    phone = house.world.phone(first_name="X")
    phone.start(links(first)[0][0].partition("?start=")[2])
    await house.pump()
    await house.say(phone, "1999")
    assert (await house.load(ref)).joined_at is None  # what the first letter had is over
    phone = house.world.phone(first_name="Y")
    phone.start(links(file)[0][0].partition("?start=")[2])
    await house.pump()
    await house.say(phone, "1999")
    assert (await house.load(ref)).joined_at is not None


async def test_the_second_letter_has_the_back_that_the_first_has() -> None:
    to = [one("John", "en", again=True), one("Şükrü", "tr", again=True), one("Łukasz", "pl", again=True)]
    pages = texts(await pdf(*to, one("ليلى", "ar", again=True), one("O", "ti", again=True)))
    assert len(pages) == 10
    assert "We wrote to you before." in pages[1]
    assert "Sana daha önce yazdık." in pages[3]
    assert "Pisaliśmy już do Ciebie." in pages[5]
    assert "كتبنا إليك من قبل" in pages[7]
    assert "We wrote to you before." in pages[9]
    assert all("14" in pages[page] and "4K7Q-9CDE-FGHJ" in pages[page] for page in range(10))
    assert all(side.again for side in LANGUAGES.languages)


async def test_a_template_and_a_language_of_before_still_make_a_second_letter(tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n"
        "#for letter in data.letters [#letter.sides.at(0).sentence #letter.code #pagebreak(weak: true)]"
    )
    said = texts(await pdf(one("Samira", again=True), template=str(own)))[0]
    assert "We schreven je al eerder." in said
    assert "4K7Q-9CDE-FGHJ" in said
    turkish = LANGUAGES.of("tr")
    assert turkish is not None
    bare = turkish.model_copy(update=dict.fromkeys(("again", "again_free", "again_only_you", "again_two_letters")))
    assert bare.filled("A", "b", "1", "9", 14)["sentence"] == turkish.sentence


async def test_a_second_letter_has_two_sides_whatever_the_name() -> None:
    names = ("Samira", "W" * 300, "Jan Willem Frederik " * 5)
    to = [one(name, language, again=True) for name in names for language in ("en", "pl", "tr", "ar")]
    data = await pdf(*to)
    assert len(texts(data)) == 2 * len(to)
    assert all(codes == ["https://t.me/voorzorg_bot?start=" + "A" * 22] for codes in links(data))


async def test_a_code_works_until_the_reporting_day_and_without_one_for_ninety_days(house: House, coby: Phone) -> None:
    with_date, without = await house.case(reporting_date=date(2027, 1, 17)), await house.case(first_name="Ali")
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven")
    until = {}
    for ref in (with_date, without):
        case = await house.load(ref)
        async with house.app.database.read() as connection:
            found = await connection.execute(select(invitations.c.expires_at).where(invitations.c.case_id == case.id))
            until[ref] = found.scalar_one()
    assert until[with_date] == datetime(2027, 1, 17, 23, 0, tzinfo=UTC)  # midnight in the north
    assert until[without] == house.clock.now() + timedelta(days=90)
    # The day is on the list only: it is told to nobody, and stands in no letter.
    assert not any("januari" in text or "2027" in text for text in texts(newest_file(house)))


async def test_who_may_not_write_letters_makes_none(house: House) -> None:
    await house.case()
    drenthe = await house.joined(await house.member("coordinator", "provincie Drenthe", "Dirk"))
    await house.say(drenthe, "/brieven")
    assert "0 eerste brieven" in drenthe.last.text
    anneke = await house.joined(await house.member())
    await house.say(anneke, "/brieven")
    assert "Dat ken ik niet" in anneke.last.text


async def test_the_front_is_dutch_and_the_back_in_the_persons_language() -> None:
    to = [one("Samira"), one("John", "en"), one("Şükrü", "tr"), one("Łukasz", "pl"), one("ليلى", "ar"), one("O", "ti")]
    pages = texts(await pdf(*to))
    assert len(pages) == 12
    assert pages[0].startswith("Beste Samira Kloosterboer,")
    assert pages[1] == ""
    assert pages[2].startswith("Beste John Kloosterboer,")
    assert pages[3].startswith("Dear John Kloosterboer,")
    assert "op werkdagen" not in pages[3]  # what the region file has in Dutch
    assert pages[5].startswith("Merhaba Şükrü Kloosterboer, Bir ceza aldın.")
    assert pages[7].startswith("Dzień dobry Łukasz Kloosterboer, Masz do odbycia karę.")
    assert "صدر حكم عليك" in pages[9]
    assert pages[11].startswith("Dear O Kloosterboer,")  # nobody has written it in Tigrinya yet
    telephone = REGION.contact("Groningen").telephone
    assert all("4K7Q-9CDE-FGHJ" in pages[page] for page in (5, 7, 9))
    # What is drawn from right to left comes out of a PDF in another order than it is read in.
    for page in (5, 7):
        assert "@voorzorg_bot" in pages[page]
        assert pages[page].count(telephone) == 2


def test_a_language_that_asks_for_what_no_letter_has_is_refused_by_its_sentence(tmp_path: Path) -> None:
    text = (resources.files("conversations.content") / "packaged" / "letter_languages.toml").read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(text.replace("Merhaba {name},", "Merhaba {surname},"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"tr: greeting: \{surname\} is not known here"):
        LetterLanguages.load(own)


async def test_what_an_envelope_shows_is_only_the_blue_square() -> None:
    with opened(await pdf(one("Samira", "en"))) as document:
        for page in document:
            text = page.get_textpage()
            top = text.get_text_bounded(left=0, bottom=page.get_height() - 90 * 72 / 25.4, right=page.get_width())
            assert top.strip() == ""
            picture = page.render(scale=1).to_pil().convert("RGB")
            upper = picture.crop((0, 0, picture.width, int(90 * 72 / 25.4)))
            assert len(upper.getcolors()) > 1  # the square
            left = upper.crop((0, 0, upper.width - 130, upper.height))
            assert [colour for _, colour in left.getcolors()] == [(255, 255, 255)]


async def test_an_envelope_with_a_window_shows_the_name_and_the_reference_and_nothing_else() -> None:
    with opened(await pdf(one("Samira", "en", window=True))) as document:
        for number, shows in enumerate(("Samira Kloosterboer GR-4K7Q2", "")):
            page = document[number]
            text, height, mm = page.get_textpage(), page.get_height(), 72 / 25.4
            window = text.get_text_bounded(left=20 * mm, bottom=height - 70 * mm, right=110 * mm, top=height - 45 * mm)
            upper = text.get_text_bounded(left=0, bottom=height - 90 * mm, right=page.get_width())
            assert " ".join(window.split()) == " ".join(upper.split()) == shows


@pytest.mark.parametrize(
    ("first", "last", "greeting"),
    [
        ("Sander", "de Vries", "Beste Sander de Vries,"),
        ("", "de Vries", "Beste De Vries,"),
        ("Sander", "", "Beste Sander,"),
        ("", "", "Hallo,"),
        ("#N/B", "Bos", "Beste Bos,"),
        ("S?nder", "M?ller", "Hallo,"),
        ("S.", "el Amrani", "Beste S. el Amrani,"),
    ],
)
def test_a_letter_is_to_somebody_by_their_whole_name(first: str, last: str, greeting: str) -> None:
    assert one(first, last=last)["sides"][0]["greeting"] == greeting


async def test_a_municipality_prints_letters_from_its_own_template(tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n"
        "#for letter in data.letters [Gemeente Assen: #letter.code #pagebreak(weak: true)]"
    )
    assert texts(await pdf(one("Samira"), template=str(own))) == ["Gemeente Assen: 4K7Q-9CDE-FGHJ"]


async def test_a_letter_has_two_sides_whatever_the_name() -> None:
    names = ("Samira", "W" * 300, "Jan Willem Frederik " * 5, "Ø")
    assert len(texts(await pdf(*(one(name, "en") for name in names)))) == 2 * len(names)

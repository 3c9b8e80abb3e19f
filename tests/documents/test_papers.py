"""The plan on paper, the card for the fridge and the days of a calendar, as they leave the child process."""

from __future__ import annotations

import ctypes
import os
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest
from icalendar import Calendar

from bot.errands.documents import glyphs
from bot.errands.documents.making import made

PICTURES = os.environ.get("VOORZORG_PICTURES")
TURKISH = "Ağabeyim Özgür'ü ara, İstanbul'daki eve şunu sor: kira ödendi mi?"
POLISH = "Zadzwoń do Łukasza, żeby wziął klucze i ściągnął pocztę"
ARABIC = "اتصل بأخي محمد يوم 12 واسأله عن المفتاح"


def a_plan(name: str = "Samira", texts: tuple[str, ...] = ("Bel de huisbaas.",), **more: Any) -> dict[str, Any]:
    actions = [{"text": text, "lines": ["vrijdag 4 december", "Samen met Anneke."]} for text in texts]
    return {
        "title": f"Plan van {name}",
        "language": "nl",
        "day": "donderdag 24 december 2026",
        "where": "PI Veenhuizen",
        "parts": [{"title": "", "actions": actions}],
        "take_title": "Neem mee",
        "take": ["de brief met de dag", "je ID-kaart"],
        "call": "Heb je een vraag? Bel",
        "helper": "Anneke",
        "telephone": "050 000 00 00",
        "days": "op werkdagen van 9 tot 17 uur",
    } | more


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def keep_picture(pdf: bytes, name: str) -> None:
    if PICTURES:
        for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
            page.render(scale=1.2).to_pil().save(Path(PICTURES) / f"{name}-{number}.png")


def glyphs_missing(pdf: bytes) -> list[str]:
    """Return the characters that the font they are set in does not have: they would be boxes (`.notdef`)."""
    covered = glyphs.known()
    missing = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
            raw.FPDFText_GetFontInfo(text.raw, at, name, 80, flags)
            letter = text.get_text_range(at, 1)
            in_our_font = b"DejaVu" in name.value
            # Arabic letters come back in the forms in which they stand in a word.
            plain = unicodedata.normalize("NFKC", letter)
            if letter.strip() and not (in_our_font and all(ord(c) in covered for c in plain)):
                missing.append(letter)
    return missing


@pytest.mark.parametrize(
    ("name", "own", "shown"),
    [("Şamira Yağmur", TURKISH, "Özgür"), ("Łucja Ćwik", POLISH, "Łukasza"), ("محمد العربي", ARABIC, "12")],
    ids=["turkish", "polish", "arabic"],
)
async def test_a_plan_shows_names_and_words_of_any_of_our_languages(name: str, own: str, shown: str) -> None:
    pdf = await made("plan", a_plan(name, ("Bel de huisbaas.", own)))
    keep_picture(pdf, f"plan-{shown}")
    (page,) = pages(pdf)
    assert shown in page
    assert glyphs_missing(pdf) == []
    assert b"/StructTreeRoot" in pdf  # tagged: it can be read aloud


async def test_signs_that_no_font_has_are_left_out_and_letters_are_not() -> None:
    pdf = await made("plan", a_plan("Samira 🦄", ("Bel mijn 👩‍👧 moeder ✅ in Łódź",)))
    (page,) = pages(pdf)
    assert "Plan van Samira" in page
    assert "moeder" in page
    assert "Łódź" in page
    assert "🦄" not in page
    assert glyphs_missing(pdf) == []


async def test_a_long_plan_takes_two_pages_and_each_says_which_it_is() -> None:
    texts = tuple(
        f"Afspraak {n}: bel de verhuurder en vraag wat er met de huur gebeurt als je weg bent." for n in range(9)
    )
    pdf = await made("plan", a_plan(texts=texts))
    keep_picture(pdf, "plan-long")
    said = pages(pdf)
    assert len(said) == 2
    assert all(f"Afspraak {n}" in "".join(said) for n in range(9))
    assert "050 000 00 00" in said[-1]


async def test_words_of_three_hundred_letters_stay_on_the_page() -> None:
    pdf = await made("plan", a_plan(texts=("x" * 300, "een " * 70)))
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    assert max(text.get_charbox(i)[2] for i in range(text.count_chars())) <= page.get_width()


async def test_a_calendar_has_the_days_and_says_nothing_about_them() -> None:
    days = [{"uid": "a@voorzorg", "date": "2028-02-29", "title": "Afspraak"}]
    file = await made("calendar", {"made_at": datetime(2027, 11, 1, 9, tzinfo=UTC).isoformat(), "days": days})
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["DTSTART"].dt == date(2028, 2, 29)
    assert str(event["SUMMARY"]) == "Afspraak"
    assert str(event["CLASS"]) == "PRIVATE"


async def test_an_hour_in_a_calendar_is_the_same_moment_on_every_phone() -> None:
    """It stands in universal time: 9:00 of a day in March before the clock changes, and of one after it."""
    days = [
        {"uid": f"{on}@voorzorg", "date": on, "title": "Belangrijke dag", "at": f"{on}T09:00:00{offset}"}
        for on, offset in (("2027-03-26", "+01:00"), ("2027-03-30", "+02:00"))
    ]
    file = await made("calendar", {"made_at": datetime(2027, 3, 1, 9, tzinfo=UTC).isoformat(), "days": days})
    before, after = Calendar.from_ical(file).walk("VEVENT")
    assert before["DTSTART"].dt == datetime(2027, 3, 26, 8, tzinfo=UTC)
    assert after["DTSTART"].dt == datetime(2027, 3, 30, 7, tzinfo=UTC)
    # The phone rings in time to leave.
    (alarm,) = before.walk("VALARM")
    assert alarm["TRIGGER"].dt == -timedelta(hours=2)

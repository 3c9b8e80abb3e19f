"""Reasons: English in the code, told to whoever reads them in their own language, whatever process found them."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errands import errands
from bot.errands.overviews.packing import packed, unpacked
from bot.errands.overviews.reader import OverviewError, read_overview
from conversations.content.headings import ListHeadings
from conversations.content.region import Region
from conversations.words.reasons import Reason, text, together
from conversations.words.wording import Words, words_for
from tests.overviews.making import HEADINGS, TODAY, book, overview

ZONE = ZoneInfo("Europe/Amsterdam")
DUTCH, ENGLISH = words_for("nl", ZONE), words_for("en", ZONE)
ERRANDS = Path(errands.__file__).parent
# Words of most Dutch sentences, none of them English.
DUTCH_WORDS = frozenset(
    {
        *("de", "het", "een", "dit", "deze", "dat", "niet", "geen", "niets", "staat", "bij", "van", "voor", "naar"),
        *("met", "wordt", "zijn", "haar", "stuur", "vul", "haal", "kies", "zet"),
    }
)
# Words of a sentence; what a list may say instead of a value ("nog geen datum") is shorter.
FEWEST = 4
PATTERN = "(?"  # stands in regular expressions, which read Dutch and say none


def refusal(data: bytes, words: Words) -> str:
    with pytest.raises(OverviewError) as refused:
        read_overview(data, "overzicht.xlsx", Region.load(), TODAY, ListHeadings.load())
    return words.reason(refused.value.reason)


def test_a_reason_is_said_in_the_language_of_who_reads_it() -> None:
    sensitive = overview({}, headings=[*HEADINGS, "BSN", "Delict"])
    assert refusal(sensitive, DUTCH) == (
        'Het bestand bevat burgerservicenummers (kolom "BSN") en strafbare feiten (kolom "Delict"). Voorzorg neemt die '
        "niet aan: er is niets ingelezen. Verwijder die kolommen, verwijder ook dit bericht met het bestand, en stuur "
        "het overzicht opnieuw."
    )
    assert refusal(sensitive, ENGLISH).startswith(
        'The file holds burgerservicenummers (column "BSN") and strafbare feiten (column "Delict"). Voorzorg does not'
    )


def test_several_reasons_are_said_one_after_another() -> None:
    faults = book([["Zaaknummer", "Achternaam", "Achternaam", "Gemeente", "Melddatums"], ["Z1"]])
    assert refusal(faults, DUTCH) == (
        "De koppen in rij 1 kloppen niet; er is niets ingelezen. Er ontbreekt: Geboortejaar, Melddatum. Achternaam "
        'staat er meer dan één keer (kolom B en C): houd er één over. De kop "Melddatums" (kolom E) is onbekend; '
        "bedoeld is misschien Melddatum. Wel gevonden: Zaaknummer, Achternaam, Gemeente. Pas de koppen aan en stuur "
        "het bestand opnieuw."
    )
    assert "Missing: Geboortejaar, Melddatum. Achternaam is there more than once (column B and C)" in refusal(
        faults, ENGLISH
    )


def test_a_reason_comes_out_of_the_child_process_as_it_went_in() -> None:
    row = {"Achternaam": "J?nsen", "Melddatum": "31-2-2027", "Gemeente": "Asen", "Strafduur": "=1+1"}
    seen = read_overview(overview(row, {"Gemeente": "Asen"}), "a.xlsx", Region.load(), TODAY, ListHeadings.load())
    again = unpacked(json.loads(json.dumps(packed(seen))))
    assert again == seen
    assert len(again.rejected) == 2


def test_a_sentence_of_the_program_before_is_a_reason_as_it_stands() -> None:
    said = 'De gemeente "{A}" is onbekend & "<b>" ook. Pas dat aan.'
    draft = packed(read_overview(overview({"Gemeente": "Asen"}), "a.xlsx", Region.load(), TODAY, ListHeadings.load()))
    draft["rejected"][0]["reason"] = said
    [refused] = unpacked(draft).rejected
    assert DUTCH.reason(refused.reason) == ENGLISH.reason(refused.reason) == said


def test_what_somebody_wrote_in_a_cell_stands_in_a_reason_as_it_is() -> None:
    reason = text("The {what} {said} does not exist.", what=text("reporting date"), said='"{what} <b>&"')
    assert DUTCH.reason(reason) == 'De melddatum "{what} <b>&" bestaat niet.'
    assert ENGLISH.reason(together(reason, Reason("Done."))) == 'The reporting date "{what} <b>&" does not exist. Done.'


def test_the_error_of_a_refusal_holds_no_value_of_the_file() -> None:
    with pytest.raises(OverviewError) as refused:
        read_overview(
            overview({}, headings=[*HEADINGS, "BSN Jansen"]), "a.xlsx", Region.load(), TODAY, ListHeadings.load()
        )
    assert "Jansen" not in str(refused.value)


def sentences(file: Path) -> list[str]:
    """The strings of a file with so many words that they may be a sentence, docstrings left out."""
    tree = ast.parse(file.read_text())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    promises = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    # Of a formatted string each part: one of them may be short, and the sentence is long.
    strings |= {
        "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
    }
    long = [string for string in strings - promises if len(re.findall(r"\w+", string)) >= FEWEST]
    return [string for string in long if PATTERN not in string]


def test_no_dutch_sentence_is_left_in_the_code_of_errands() -> None:
    files = sorted(ERRANDS.rglob("*.py"))
    assert len(files) > 20
    dutch = [
        (file.name, sentence)
        for file in files
        for sentence in sentences(file)
        if DUTCH_WORDS & {word.lower() for word in re.findall(r"[^\W\d_]+", sentence)}
    ]
    assert dutch == []

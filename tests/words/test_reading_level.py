"""How well each text reads, by the scores of a library of the field; the distribution is printed with its bounds."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import pytest
import textstat

from conversations.words.wording import LANGUAGES
from tests.counted import COUNTED
from tests.words.reading import count, read
from tests.words.test_plain_words import told

# The score of Flesch as fitted to Dutch by Douma: 60 to 70 is plain, above 80 easy. For English the library would
# download a dictionary, so letters and words are counted: grades of school (ARI).
DUTCH_MEDIAN, DUTCH_WORST, DUTCH_HARD, HARD_SHARE = 95, 40, 60, 0.03
ENGLISH_MEDIAN, ENGLISH_WORST = 3, 11
SCORED_FROM = 6


def scores(language: str) -> list[tuple[float, str]]:
    """Return how well each text reads that is long enough to be scored, the easiest first."""
    textstat.set_lang(language)
    score = textstat.flesch_reading_ease if language == "nl" else textstat.automated_readability_index
    scored = [
        (float(score(". ".join(text.sentences))), text.words)
        for text in read(language)
        if count(text.plain) >= SCORED_FROM
    ]
    return sorted(scored, reverse=language == "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_reads_easily(language: str, record_property: Callable[[str, object], None]) -> None:
    found = scores(language)
    values = [score for score, _ in found]
    tenths = statistics.quantiles(values, n=10)
    name = "Flesch-Douma, higher is easier" if language == "nl" else "ARI, grade of school"
    record_property(COUNTED, f"{language}: {len(read(language))} texts, {len(found)} scored ({name})")
    record_property(
        COUNTED,
        f"{language}: median {statistics.median(values):.0f}, tenths {' '.join(f'{tenth:.0f}' for tenth in tenths)}; "
        f"hardest {found[-1][0]:.0f}: {found[-1][1]!r}",
    )
    if language == "nl":
        assert statistics.median(values) >= DUTCH_MEDIAN
        assert values[-1] >= DUTCH_WORST, found[-3:]
        hard = [text for score, text in found if score < DUTCH_HARD]
        assert len(hard) <= HARD_SHARE * len(found), told(hard)
    else:
        assert statistics.median(values) <= ENGLISH_MEDIAN
        assert values[-1] <= ENGLISH_WORST, found[-3:]

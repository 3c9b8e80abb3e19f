"""Content as a municipality replaces it: what is wrong in a file, or between files, is said before anybody reads it."""

from __future__ import annotations

import ast
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.content import loading, whole
from conversations.content.checklist.model import Checklist
from conversations.content.content import PARTS, Content
from conversations.content.crisis import Crisis
from conversations.content.files import placeholders
from conversations.content.files.content_file import ContentError
from conversations.content.files.own_files import OwnFiles
from conversations.words.wording import Words
from storage.case.case_parts import Answer
from tests.words.reading import SCRIPT

PACKAGED = Path(whole.__file__).parent / "packaged"
CODE = Path(whole.__file__).parents[2]
ZONE = ZoneInfo("Europe/Amsterdam")
CONTENT = Content(ZONE)
KINDS = {part.name: part.model for part in PARTS}


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of a packaged file in which something stands differently."""
    text = (PACKAGED / f"{name}.toml").read_text()
    assert old in text, old
    file = folder / f"{name}.toml"
    file.write_text(text.replace(old, new, 1))
    return file


@pytest.mark.parametrize("name", KINDS)
def test_a_file_that_is_not_there_or_not_utf_8_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentError) as caught:
        KINDS[name].load(tmp_path / "nowhere.toml")
    assert str(caught.value).endswith("it is not there; write the right path in the settings")
    for encoding in ("utf-16", "latin-1"):
        odd = tmp_path / f"{encoding}.toml"
        odd.write_bytes("# Súdwest-Fryslân — één\n".replace("—", "-").encode(encoding))
        with pytest.raises(ContentError) as caught:
            KINDS[name].load(odd)
        assert str(caught.value) == f"{odd} cannot be read: it has another encoding; save it as UTF-8"


@pytest.mark.parametrize("name", KINDS)
def test_a_file_saved_by_an_editor_on_windows_is_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes((PACKAGED / f"{name}.toml").read_text().replace("\n", "\r\n").encode("utf-8-sig"))
    assert KINDS[name].load(file)


# What somebody is told to do about it.
MEND = re.compile(r"\b(write|take|leave|give|make|keep|put|mend|choose|ask|look|is asked with)\b")
OLD_ADDRESS = '    { id = "no", symbol = "🏚", label = "It is an old address", level = "high" },'
DOMAIN = '[[domain]]\nid = "identity"'
WRONG = [
    # Headings of lists: one that names two columns, one that no list can do without.
    ("headings", '"kenmerk"', '"Gemeente"', r'fields.municipality: "Gemeente" stands for number too; keep it'),
    ("headings", 'heading = "Zaaknummer"\nrequired = true', 'heading = "Zaaknummer"', "fields.number: no row says"),
    ("headings", "[fields.prison]", "[fields.prisson]", "fields.prisson"),
    # A key that is mistyped, missing, or of another kind.
    ("checklist", "may_change = true", "may_chance = true", "question.letter.may_chance: this key is not known"),
    ("sentences", 'symbol = "🤝"\n', "", "group.meet.symbol: is not there; write it"),
    ("measures", 'decides = "landlord"', "decides = 3", r"measure.rent_agreement.decides: is no text; put it between"),
    ("facts", 'id = "care"', 'id = "Care"', r"does not look as it should"),
    ("checklist", "[short]", "[short", "look there for a quote, bracket or = too few"),
    # An id used twice.
    ("measures", 'id = "storage"', 'id = "pardon"', "measure.pardon: stands there twice"),
    ("sentences", 'id = "bag"', 'id = "step"', "sentences.step: stands there twice"),
    ("facts", 'id = "care"', 'id = "addiction"', "fact.addiction: stands there twice"),
    ("themes", 'id = "care"', 'id = "housing"', "theme.housing: stands there twice"),
    ("letter_languages", 'code = "tr"', 'code = "pl"', "language.pl: stands there twice"),
    ("crisis", 'id = "crisis_care"', 'id = "crisis_home"', "crisis.crisis_home: stands there twice"),
    ("region", '{ name = "Assen" }', '{ name = "Meppel" }', 'municipality: "Meppel" stands twice'),
    ("region", 'name = "PI Grave"', 'name = "PI Almelo"', 'prison: "PI Almelo" stands twice'),
    # A text over its limit, and an id that the database cannot keep.
    ("sentences", "Keep your phone near.", "Keep it near. " * 40, r"call_today.text: is too long \(at most 300"),
    # What a chat takes for markup: it would refuse the screen, to everybody.
    ("checklist", '"It is an old address"', '"<old>"', "options.no: label: holds a <, which no phone shows; write it"),
    ("crisis", "Piszę po niderlandzku", "<Piszę", r"pl: say: holds a <, which no phone shows"),
    ("checklist", '"It is an old address"', f'"{"old " * 11}"', r"no.label: is too long \(at most 40 characters\)"),
    ("checklist", 'symbol = "🏚"', 'symbol = "old address"', r"no.symbol: is too long \(at most 8 characters\)"),
    ("sentences", 'name = "To meet"', f'name = "{"meet " * 9}"', r"group.meet.name: is too long \(at most 40"),
    (
        "checklist",
        OLD_ADDRESS,
        "\n".join([OLD_ADDRESS, *(OLD_ADDRESS.replace('"no"', f'"no_{at}"') for at in "abcdefghijkl")]),
        r"address.options: is too long \(at most 12\); leave some out",
    ),
    (
        "checklist",
        DOMAIN,
        '[[domain]]\nid = "identity_and_papers"',
        "domain.identity_and_papers: is longer than 16 letters",
    ),
    ("checklist", DOMAIN, '[[domain]]\nid = "own"', "domain.own: is for what people add themselves"),
    # Placeholders: unknown, missing, a brace too few, more than a name.
    ("checklist", "Ask {helper} for a buddy.", "Ask {helpr} for a buddy.", r"buddy.text: \{helpr\} is not known here"),
    (
        "checklist",
        'label = "It is an old address"',
        'label = "{helper}"',
        r"address.options.no.label: \{helper\} is not known",
    ),
    ("checklist", "You hear it from {helper}.", "You hear it from {helper.", r"ask_costs.why: a \{ or \} too few"),
    ("checklist", "Ask {helper} for a buddy.", "Ask {helper.name}.", r"buddy.text: \{helper.name\} is no name"),
    ("checklist", "Ask {helper} for a buddy.", "Ask {0} for a buddy.", r"buddy.text: \{0\} is no name"),
    ("sentences", "Call me: {number}", "Call me: {nummer}", r"not_well.text: \{nummer\} is not known here"),
    (
        "measures",
        "Asking at home is quicker.",
        "Ask {helper}.",
        r"measure.id_inside.conditions.1: \{helper\} is not known here; take it out",
    ),
    ("letter_languages", "Merhaba {name},", "Merhaba,", r"language.tr: greeting: \{name\} is missing"),
    ("letter_languages", "{bot} adını ara", "botu ara", r"language.tr: type: \{bot\} is missing"),
    ("crisis", "Piszę po niderlandzku i angielsku. ", "{telefon}", r"pl.say: \{telefon\} is not known here"),
    ("crisis", "thinks along with you: {violence}.", "thinks along.", r"crisis_home.say: \{violence\} is missing"),
    # A second meaning, none, or one in the wrong place.
    ("checklist", 'means = "letter"', 'means = "reporting_date"', "2 stand for reporting_date"),
    ("checklist", 'means = "reporting_date"\n', "", "none stands for the reporting date"),
    ("checklist", 'means = "collecting"\n', "", 'write means = "collecting" with the question'),
    ("checklist", ', means = "collected"', "", 'write means = "collected" with the option'),
    ("checklist", 'kind = "silence"', 'kind = "words"', "keep one"),
    # What is private stays so.
    ("checklist", "private = true", "private = false", "domain.health.private: is private everywhere"),
    (
        "checklist",
        'id = "medicine"\n',
        'id = "medicine"\nprivate = false\n',
        "question.medicine.private: is private everywhere",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "says"), WRONG, ids=[f"{w[0]}-{w[3][:40]}" for w in WRONG])
def test_what_is_wrong_in_a_file_is_said_with_file_key_and_mend(
    tmp_path: Path, name: str, old: str, new: str, says: str
) -> None:
    file = changed(tmp_path, name, old, new)
    with pytest.raises(ContentError, match=says) as caught:
        KINDS[name].load(file)
    for line in str(caught.value).splitlines():
        assert line.startswith(f"{file}")
        assert MEND.search(line), line


def test_a_checklist_without_anything_private_is_refused(tmp_path: Path) -> None:
    text = (PACKAGED / "checklist.toml").read_text()
    file = tmp_path / "own.toml"
    file.write_text(text.replace('"health"', '"gezond"').replace("private = true\n", ""))
    with pytest.raises(ContentError, match="none is private; write private = true"):
        Checklist.load(file)


def test_under_another_name_health_stays_private_and_so_does_what_hangs_from_it(tmp_path: Path) -> None:
    """The prison read 'medicines' of a municipality whose domain was called otherwise: it hung on the id `health`."""
    text = (PACKAGED / "checklist.toml").read_text().replace('"health"', '"gezond"')
    own = '[[proposal]]\nid = "tell_pi"\ndomain = "identity"\nowner = "casemanager"\ntiming = "inside"\ndays = 1\n'
    own += 'text = "A"\nwhy = "B"\nwhen = [{ question = "medicine", options = ["yes"] }]\n'
    file = tmp_path / "own.toml"
    file.write_text(f"{text}\n{own}")
    private = Checklist.load(file).private
    assert private.of_action("gezond", None)
    assert private.of_action("gezond", "medicine_list")
    assert private.of_action("identity", "tell_pi")
    # Moved elsewhere, and not marked there: the packaged file has it private under its id.
    assert private.of_action("work", "medicine_list")
    assert not private.of_action("identity", "new_id")


def test_a_date_that_is_not_the_reporting_date_is_as_near_as_any() -> None:
    with pytest.raises(ValueError, match="only the reporting date can be near"):
        Checklist.model_validate(_with_a_second_date(near=[{"days": 7, "level": "high"}]))
    assert Checklist.model_validate(_with_a_second_date())


def _with_a_second_date(**more: Any) -> dict[str, Any]:
    data = tomllib.loads((PACKAGED / "checklist.toml").read_text())
    second = {"id": "rent_until", "number": 99, "domain": "housing", "kind": "date", "text": "Until when?", **more}
    return data | {"question": [*data["question"], second]}


def test_what_means_that_somebody_comes_needs_no_id(tmp_path: Path) -> None:
    text = (PACKAGED / "checklist.toml").read_text()
    file = tmp_path / "own.toml"
    file.write_text(
        text.replace('"collect"', '"ophalen"').replace('id = "somebody", symbol = "🚗"', 'id = "ja", symbol = "🚗"')
    )
    renamed = Checklist.load(file)
    said = _answers(ophalen="ja", collect="nobody")
    assert renamed.is_collected(said)
    assert not CONTENT.checklist.is_collected(said)
    assert CONTENT.checklist.is_collected(_answers(collect="somebody"))
    assert not renamed.is_collected({})


def _answers(**said: str) -> dict[str, Answer]:
    return {name: Answer(value, datetime(2026, 11, 24, tzinfo=UTC), "self_reporter") for name, value in said.items()}


# Crisis: a file in the place of the packaged one takes nobody's voice away.

SMALL = '[[crisis]]\nid = "hulp"\nsay = "Bel {number}"\nwords = ["help mij"]\n'


def test_a_crisis_file_without_suicide_or_violence_gets_what_is_built_in(tmp_path: Path) -> None:
    file = tmp_path / "crisis.toml"
    file.write_text(SMALL)
    own, packaged = Crisis.load(file), Crisis.load()
    for text in ("ik wil dood", "hij slaat me", "i want to die", "ik maak er een eind aan"):
        heard = own.heard(text)
        assert heard is not None
        assert heard.id == packaged.heard(text).id  # type: ignore[union-attr]
    assert own.heard("help mij") is not None


def test_a_municipality_says_it_in_its_own_words_and_cannot_hear_less(tmp_path: Path) -> None:
    file = tmp_path / "crisis.toml"
    file.write_text(
        SMALL
        + '[[crisis]]\nid = "eigen"\nmeans = "suicide"\nsay = "Bel {suicide}, nu."\nwords = ["t hoeft niet meer"]\n'
    )
    own = Crisis.load(file)
    assert [own.heard(text).id for text in ("t hoeft niet meer", "ik wil dood")] == ["eigen", "eigen"]  # type: ignore[union-attr]
    # Copied before meanings were declared, with most words left out.
    file.write_text('[[crisis]]\nid = "crisis_death"\nsay = "Bel {suicide}."\nwords = ["klaar"]\n')
    old = Crisis.load(file)
    heard = old.heard("suicide")
    assert heard is not None
    assert heard.say == "Bel {suicide}."


def test_a_checklist_without_its_signal_for_words_has_the_built_in_one(tmp_path: Path) -> None:
    text = (PACKAGED / "checklist.toml").read_text()
    begin = text.index('[[flag]]\nid = "crisis_words"')
    end = text.index("[[flag]]", begin + 1)
    file = tmp_path / "own.toml"
    file.write_text(text[:begin] + text[end:])
    own = Checklist.load(file)
    assert own.crisis_rule == CONTENT.checklist.crisis_rule
    assert own.flag_rule("crisis_words") is not None
    assert own.crisis_rule.level == "urgent"


# Files that do not fit together.

APART = [
    ('yes = [{ question = "collct", options = ["somebody"] }]', "question", "the checklist has no question collct"),
    ('yes = [{ question = "home", options = ["huur"] }]', "options", "question home has no option huur"),
    ('yes = [{ question = "income", options = ["job", "jobb"] }]', "options", "question income has no option jobb"),
]


def _wrong_in(folder: Path, **files: str) -> list[str]:
    """Return what is said of a folder with these files in it."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text)
    return list(loading.read(OwnFiles(folder)).sentences())


@pytest.mark.parametrize(("yes", "key", "says"), APART)
def test_a_fact_about_what_nobody_is_asked_is_refused(tmp_path: Path, yes: str, key: str, says: str) -> None:
    fact = f'[[fact]]\nid = "care"\n{yes}\nno = [{{ question = "home", options = ["own"] }}]'
    mend = "mend the name, or replace the file of facts too"
    assert _wrong_in(tmp_path, facts=fact) == [
        f"{tmp_path}/facts.toml, line 3: fact.care.yes.0.{key}: {says}; {mend}",
    ]
    with pytest.raises(ContentError, match=says):
        loading.load(OwnFiles(tmp_path), ZONE)


def test_all_that_does_not_fit_together_is_said_at_once(tmp_path: Path) -> None:
    found = _wrong_in(
        tmp_path,
        facts=f'[[fact]]\nid = "care"\n{APART[0][0]}\nno = [{{ question = "brief", options = ["a"] }}]',
        dispatch='[[rule]]\nworker = "A"\nmunicipality = "Asen"\n\n[[rule]]\nworker = "A"\nprovince = "Drente"\n',
        letters='[municipalities."Emen"]\n',
        targets='[[target]]\nindicator = "reported"\narea = "Grunningen"\nfrom = 2026-01-01\nvalue = 1\n',
        # Two that are wrong by themselves: the others are still held against each other.
        themes='[[theme]]\nid = "a"\n',
        measures="[[measure]",
    )
    assert [line.removeprefix(f"{tmp_path}/").partition(": ")[0] for line in found] == [
        "measures.toml, line 1",
        "themes.toml, line 1",
        "facts.toml, line 3",
        "facts.toml, line 4",
        "dispatch.toml, line 3",
        "dispatch.toml, line 7",
        "letters.toml, line 1",
        "targets.toml, line 3",
    ]
    assert (
        f"{tmp_path}/dispatch.toml, line 3: rule.0.municipality: there is no 'Asen' in the region; write 'Assen'"
        in found
    )
    assert all("; " in line for line in found)


def test_help_after_an_answer_that_is_not_asked_is_refused_and_what_is_built_in_stays(tmp_path: Path) -> None:
    help_ = SMALL + 'answers = [{ question = "huis", options = ["weg"] }]\n'
    assert _wrong_in(tmp_path, crisis=help_) == [
        f"{tmp_path}/crisis.toml, line 5: crisis.hulp.answers.0.question: the checklist has no question huis; "
        "mend the name, or replace the file of crisis too"
    ]


def test_the_packaged_content_fits_together() -> None:
    assert list(loading.read(OwnFiles()).sentences()) == []
    whole.check_catalogues()


# Translations.


@pytest.mark.parametrize(
    ("msgid", "msgstr", "says"),
    [
        ("Call {helper}.", "Bel {helpr}.", "{helpr} is not known here; write one of {helper}"),
        ("Call {helper}.", "Bel je helper.", "{helper} is missing"),
        ("Call {helper}.", "Bel {helper.", "a { or } too few"),
        ("Well done.", "Goed gedaan, {name}.", "{name} is not known here; take it out"),
        ("<b>Team</b>", "<b>Team<b>", "has other markup than its text"),
        ("Call at once.", "Bel <meteen", "has other markup than its text"),
        ("{a} of {b}", "{b} van {a} {c}", "{c} is not known here; write one of {a}, {b}"),
    ],
)
def test_a_translation_that_fills_in_something_else_is_said_with_its_line(msgid: str, msgstr: str, says: str) -> None:
    found = list(whole.of_catalogue([(12, (msgid,), (msgstr,))]))
    assert found
    assert found[0].startswith(f"line 12: {msgstr!r}: ")
    assert any(says in line for line in found)


def test_the_form_for_one_may_say_its_number_as_a_word() -> None:
    assert not list(whole.of_catalogue([(1, ("1 day", "{number} days"), ("één dag", "{number} dagen"))]))
    assert list(whole.of_catalogue([(1, ("1 day", "{number} days"), ("één dag", "{nummer} dagen"))]))


# And should a wrong text get through, nobody loses a turn over it.


def test_a_wrong_text_is_said_in_english_or_with_a_gap(caplog: pytest.LogCaptureFixture) -> None:
    assert placeholders.filled("Bel {helpr}.", {"helper": "Anneke"}, "Call {helper}.") == "Call Anneke."
    assert placeholders.filled("Bel {helpr} op {number}", {"number": "1"}) == "Bel … op 1"
    assert placeholders.filled("Bel {helper", {"helper": "Anneke"}) == "Bel helper"
    assert "Anneke" not in caplog.text
    assert "helpr" in caplog.text
    words = Words("nl", ZONE)
    assert words.content("own", "Vraag {helper} of {helpr}", helper="Anneke") == "Vraag Anneke of …"
    assert words.content("own", "Vraag {helper}") == "Vraag …"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["{helper}", "{", "}", "{x}", "{0}", "{helper.x}", "{helper!r:>9}", "{{", "}}", "a", "é ", "{}"]
        )
    ),
    st.dictionaries(st.sampled_from(["helper", "x"]), st.text(max_size=5)),
)
def test_no_text_whatever_stands_in_it_ends_a_turn(parts: list[str], values: dict[str, str]) -> None:
    text = "".join(parts)
    placeholders.filled(text, values)
    good = not list(placeholders.faults(text, values))
    if good:
        assert placeholders.filled(text, values) == text.format(**values)


def _texts_of_code() -> list[tuple[str, ast.Call, set[str | None]]]:
    """Return (where, call, later) of every text that the code fills in by name.

    `later`: what reasons of the same file get when they are raised (`Reason.of`). What a script says is left out: it
    gets its values on its screen, where tests/content/test_spoken.py looks.
    """
    found = []
    for file in (*sorted(CODE.glob("conversations/**/*.py")), *sorted(CODE.glob("bot/**/*.py"))):
        nodes = list(ast.walk(ast.parse(file.read_text())))
        has_scripts = any(isinstance(node, ast.ImportFrom) and node.module == SCRIPT for node in nodes)
        raised = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "of"]
        later = {keyword.arg for call in raised for keyword in call.keywords}
        for node in nodes:
            named = isinstance(node, ast.Call) and (getattr(node.func, "attr", None) or getattr(node.func, "id", None))
            if has_scripts and isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                continue
            if isinstance(node, ast.Call) and named in ("text", "plural") and node.args:
                found.append((f"{file.name}:{node.lineno}", node, later))
    return found


def test_the_code_fills_in_what_its_texts_name_and_nothing_else() -> None:
    """A name in braces for which the code has no value stood on the screen as it is written."""
    calls = _texts_of_code()
    assert len(calls) > 800
    for where, call, later in calls:
        texts = [one.value for one in call.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        given = {keyword.arg for keyword in call.keywords}
        if not texts or None in given:
            continue
        wanted = frozenset[str]().union(*map(placeholders.names, texts))
        if isinstance(call.func, ast.Name) and not given:  # a reason, which gets its values when it is raised
            assert wanted <= later, (where, texts)
            continue
        assert wanted - {"number"} <= given, (where, texts)
        assert given - wanted <= {"number"}, (where, texts)


def test_headings_of_ones_own_add_names_and_never_take_what_is_always_refused(tmp_path: Path) -> None:
    text = (PACKAGED / "headings.toml").read_text().replace('"kenmerk"', '"kenmerk van ons"')
    start, end = text.index("[[refused]]"), text.index("# Names of languages")
    (tmp_path / "headings.toml").write_text(text[:start] + text[end:])
    own = loading.load(OwnFiles(tmp_path), ZONE).headings
    assert own.column("kenmerk van ons") == "number"
    assert own.column("kenmerk") is None
    assert own.sensitive("bsn") == CONTENT.headings.sensitive("bsn") is not None
    assert own.sensitive("feitcode") == "strafbare feiten"

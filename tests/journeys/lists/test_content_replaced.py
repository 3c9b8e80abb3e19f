"""A municipality with content of its own: what protects a person does not hang from an id in a file."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from conversations.content.files import placeholders
from conversations.content.files.content_file import ContentError
from conversations.words import wording
from tests.house import House, on_both, open_house

PACKAGED = Path(wording.__file__).parents[1] / "content" / "packaged"
DAY = date(2027, 3, 9)
SECOND = """
[[question]]
id = "rent_until"
number = 99
domain = "report"
kind = "date"
text = "Tot wanneer huur je?"
when = [{ question = "letter", options = ["day"] }]
"""


def own(folder: Path, name: str, *changes: tuple[str, str], more: str = "") -> Path:
    """Return a file of a municipality: the packaged one with changes, and something more."""
    text = (PACKAGED / name).read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file = folder / name
    file.write_text(text + more)
    return file


def without_signal(folder: Path) -> Path:
    """Return a checklist without the signal for words."""
    text = (PACKAGED / "checklist.toml").read_text()
    begin = text.index('[[flag]]\nid = "crisis_words"')
    return own(folder, "checklist.toml", (text[begin : text.index("[[flag]]", begin + 1)], ""))


async def test_another_day_that_is_asked_moves_nobodys_reporting_day(tmp_path: Path) -> None:
    asked = own(
        tmp_path,
        "checklist.toml",
        ('["wish", "letter", "date"]', '["wish", "letter", "date", "rent_until"]'),
        more=SECOND,
    )
    async with open_house(tmp_path, checklist_file=asked) as house:
        ref, mila, anneke = await house.called_up("9 maart 2027")
        planned = await house.ledger(ref)
        assert "Tot wanneer huur je?" in mila.last.text
        # The reporting day is not offered here either, and a day that is over alarms nobody.
        assert not any("Nog steeds" in label or "9 maart" in label for label in mila.last.labels)
        before = list(anneke.lock_screen)
        await house.say(mila, "1 februari 2026")
        await house.tap(mila, "Ja, dat klopt")
        document = await house.document(ref)
        assert document["answers"]["rent_until"] == "2026-02-01"
        assert document["answers"]["date"] == "2027-03-09"
        assert document["reporting_date"] == DAY
        assert await house.ledger(ref) == planned
        assert anneke.lock_screen == before


async def test_a_worker_who_writes_another_day_down_moves_nothing_either(tmp_path: Path) -> None:
    asked = own(
        tmp_path,
        "checklist.toml",
        ('["wish", "letter", "date"]', '["wish", "letter", "date", "rent_until"]'),
        more=SECOND.replace("kind", 'asks = "worker"\nkind'),
    )
    async with open_house(tmp_path, checklist_file=asked) as house:
        ref, _, anneke = await house.called_up("9 maart 2027")
        await house.say(anneke, f"/zaak {ref}")
        await house.deed(anneke, "Vragen die jij stelt")
        assert "Tot wanneer huur je?" in anneke.last.text
        await house.say(anneke, "1 juni 2027")
        document = await house.document(ref)
        assert document["answers"]["rent_until"] == "2027-06-01"
        assert document["reporting_date"] == DAY


@pytest.mark.parametrize("said", ["ik wil dood", "I want to die", "ze slaat me", "olmek istiyorum"])
async def test_who_types_about_dying_is_heard_whatever_files_a_municipality_has(tmp_path: Path, said: str) -> None:
    """It reached nobody, though the consent text promises it: the signal and the words hung from replaceable files."""
    crisis = tmp_path / "crisis.toml"
    crisis.write_text('[[crisis]]\nid = "hulp"\nsay = "Bel {number}"\nwords = ["help mij"]\n')
    async with open_house(tmp_path, checklist_file=without_signal(tmp_path), crisis_file=crisis) as house:
        anneke = await house.joined(await house.member())
        ref = await house.case()
        mila = await house.arrived(ref)
        await house.tap(mila, "Alleen ik", "Verder", "Ja, hier")
        await house.say(mila, said)
        assert "112" in mila.last.text
        assert anneke.lock_screen[-1] == f"⚠️ Kijk hiernaar · {ref}"
        assert {(f["id"], f["level"]) for f in (await house.document(ref))["flags"]} == {("crisis_words", "urgent")}


async def test_a_signal_of_words_is_settled_with_a_tap_and_comes_back_with_new_words(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier")
    await house.say(mila, "ik wil dood")
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "🚩", "1")
    assert "Tik op ✅ Opgelost als het klaar is." in anneke.last.text
    await house.tap(anneke, "✅ Opgelost")
    assert (await house.document(ref))["flags"] == []
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "🚩")
    assert "opgelost" in anneke.last.text
    await house.say(mila, "ik wil dood")
    assert [f["id"] for f in (await house.document(ref))["flags"]] == ["crisis_words"]


async def test_a_signal_that_an_answer_ends_has_no_such_button(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "👎 Nee")
    await house.tap(mila, "Huurhuis", "✅ Ja", "Ja, dat is geregeld", "✅ Nee", "Ja, ik heb die brief")
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "🚩", "1")
    assert "✅ Opgelost" not in anneke.last.labels


@on_both
async def test_what_a_file_has_private_is_seen_by_no_prison_also_of_before(house: House) -> None:
    """Python and SQL agree, for what was shared before the file said so too."""
    karin = await house.joined(await house.member("casemanager", "PI Veenhuizen", "Karin"))
    await house.joined(await house.member())
    refs = []
    for domain, private in (("identity", False), ("gezond", True), ("health", False)):
        refs.append(await house.case())
        async with house.app.database.write() as connection:
            case, now = await house.case_on(connection, refs[-1]), house.clock.now()
            action = case.plan.propose(domain, "casemanager", "inside", f"Vraag {domain}", None, None, private=private)
            case.plan.agree(action)
            case.shares.let_prison_read(action, True, now, "1")
            await house.stores.cases.save(connection, [case], now, house.settings.zone)
        assert bool(case.shares.with_the_prison()) is (domain == "identity")
    await house.say(karin, "/zaken")
    assert refs[0] in karin.last.text
    assert not any(ref in karin.last.text for ref in refs[1:])
    # A file that closes it later closes what stands: with the next turn of the case nobody sees it any more.
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, refs[0])
        case.plan.keep_private(lambda domain, _proposal: domain == "identity")
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.say(karin, "/zaken")
    assert "Niemand deelt nu iets met jou." in karin.last.text


async def test_a_text_that_is_wrong_at_run_time_costs_nobody_a_turn(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.joined(await house.member())
    mila = await house.arrived(await house.case())
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier")
    dutch = wording.words_for("nl", house.settings.zone).catalogue._catalog  # noqa: SLF001  # gettext has no other way
    monkeypatch.setitem(dutch, "wish\x04What do you think about most now?", "Waar denk je {aan?")
    monkeypatch.setitem(dutch, "{name} of {team} is your helper, a human.", "{naam} van {team} is er.")
    await house.say(mila, "/vragen")
    assert "What do you think about most now?" in mila.last.text
    await house.tap(mila, "Geld", "Er staat geen dag in")
    assert "📌" in mila.last.text
    assert placeholders.GAP not in mila.last.text


async def test_the_reason_of_an_action_names_who_helps(house: House) -> None:
    """`Je hoort het van {helper}` stood there as it is written."""
    await house.joined(await house.member())
    mila = await house.arrived(await house.case())
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "👎 Nee")
    await house.tap(mila, "Huurhuis", "✅ Ja", "Nee, te weinig geld", "👎 Nee")
    assert "💡 Soms kan dat. Je hoort het van Anneke." in mila.last.text
    await house.tap(mila, "👍 Ja, graag")
    await house.say(mila, "/plan")
    await house.tap(mila, "1")
    assert "💡 Soms kan dat. Je hoort het van Anneke." in mila.last.text


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("facts_file", 'question = "home"', 'question = "huis"', "the checklist has no question huis"),
        ("letters_file", "# [municipalities.", "[municipalities.", ""),
        ("letters_file", '# [municipalities."Assen"]', '[municipalities."Asen"]', "there is no 'Asen' in the region"),
        ("crisis_file", 'question = "carer"', 'question = "zorg"', "the checklist has no question zorg"),
    ],
)
async def test_files_that_do_not_fit_together_do_not_start(
    tmp_path: Path, name: str, old: str, new: str, says: str
) -> None:
    file = own(tmp_path, f"{name.removesuffix('_file')}.toml", (old, new))
    if not says:
        async with open_house(tmp_path, **{name: file}):
            return
    with pytest.raises(ContentError, match=says):
        async with open_house(tmp_path, **{name: file}):
            pass


# Kinds of reminders.


@pytest.mark.parametrize("kind", ["of_tomorrow", "reporting_28", "silence_flowers", ""])
async def test_a_reminder_that_a_newer_program_planned_waits_and_is_told_once(
    house: House, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ref, mila, anneke = await house.called_up("9 maart 2027")
    zone = house.settings.zone
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.schedule.remind(kind, house.today + timedelta(days=1), time(12), zone)
        await house.stores.cases.save(connection, [case], house.clock.now(), zone)
    mila.lock_screen.clear()
    anneke.lock_screen.clear()
    for hour in (12, 13, 14, 18):
        await house.at(date(2026, 11, 25), hour, 5)
    assert (kind, "planned") in await house.ledger(ref, counting=True)
    assert mila.lock_screen == []
    assert anneke.lock_screen.count(f"⚠️ Kijk hiernaar · {ref}") == 1
    assert [r["reason"] for r in (await house.document(ref))["reminders"] if r["kind"] == kind] == ["no such kind"]
    assert "a round failed" not in capsys.readouterr().out


async def test_a_question_with_the_longest_texts_there_can_be_is_read_whole(tmp_path: Path) -> None:
    """A screen that the channel refuses would end the conversation there, for everybody."""
    longest = "&" * 400
    options = "".join(f'    {{ id = "way_{at}", symbol = "🚲", label = "{"&" * 40}" }},\n' for at in "abcdefghij")
    asked = own(
        tmp_path,
        "checklist.toml",
        ('["wish", "letter", "date"]', '["wish", "letter", "date", "ways"]'),
        ('id = "report"\n', f'id = "report"\nintro = "{longest}"\n'),
        more=f"""
[[question]]
id = "ways"
number = 99
domain = "report"
text = "{longest}"
help = "{longest}"
why = "{longest}"
when = [{{ question = "letter", options = ["day"] }}]
options = [
{options}]
""",
    )
    async with open_house(tmp_path, checklist_file=asked) as house:
        _, mila, _ = await house.called_up("9 maart 2027")
        assert mila.last.text.count("&") >= 400
        assert any("&" * 40 in label for label in mila.last.labels)
        await house.tap(mila, "Uitleg")
        assert mila.last.text.count("&") >= 800

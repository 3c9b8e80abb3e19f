"""The command line as a coordinator uses it, on the real samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import SAMPLES, Desk


def test_init_can_be_repeated_and_never_overwrites_a_key(desk: Desk) -> None:
    before = Path("data/master.keys").read_text()
    desk.run("init")
    assert Path("data/master.keys").read_text() == before


def test_init_refuses_a_new_key_over_existing_data(desk: Desk) -> None:
    Path("data/master.keys").unlink()
    assert "Put it back" in desk.refused("init")
    assert not Path("data/master.keys").exists()


def test_another_key_opens_nothing_and_is_told_apart(desk: Desk) -> None:
    keys = Path("data/master.keys")
    keys.write_text(f"{keys.read_text().split()[0]} {'A' * 43}=\n")
    assert "is not the one that this database was made with" in desk.refused("cases", "list", "--as", "Coby")


def test_without_a_database_the_next_step_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "voorzorg init" in Desk().refused("cases", "list", "--as", "Coby")


def test_an_invitation_to_the_team_has_its_fields(desk: Desk) -> None:
    made = desk.json("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "gemeente groningen")
    assert set(made) == {"code", "link", "role", "area", "expires", "totp_uri"}
    assert (made["role"], made["area"], len(made["code"])) == ("worker", "Groningen", 22)
    assert made["totp_uri"].startswith("otpauth://totp/")
    again = desk.json("team", "invite", "--role", "worker", "--name", "anneke", "--area", "Groningen")
    assert again["code"] != made["code"]
    assert again["totp_uri"] != made["totp_uri"]  # whoever found the first sheet signs in with it no more
    assert [m["name"] for m in desk.json("team", "list")] == ["Coby", "Anneke"]


@pytest.mark.parametrize("area", ["Groningen", "PI Veenhuizen", "all", "provincie Drenthe"])
def test_nobody_is_invited_to_a_role_that_leads_nowhere_yet(desk: Desk, area: str) -> None:
    words = ("team", "invite", "--role", "supporter", "--name", "Mia", "--area", area, "--sheet", "sheet.pdf")
    said = desk.refused(*words)
    assert "There is nothing here for a supporter yet: nobody is invited as one." in said
    assert "Roles: worker, coordinator, casemanager, administrator." in said
    assert [m["name"] for m in desk.json("team", "list")] == ["Coby"]
    assert not Path("sheet.pdf").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "boss", "--name", "A", "--area", "all"), "no role 'boss'"),
        (("--role", "worker", "--name", "A", "--area", "Groningn"), "Do you mean 'Groningen'"),
        (("--role", "worker", "--name", "A", "--area", "Parijs"), "no area 'Parijs'"),
        (("--role", "worker", "--name", "Coby", "--area", "all"), "in the team already, as coordinator"),
    ],
)
def test_a_wrong_invitation_says_what_to_write(desk: Desk, words: tuple[str, ...], said: str) -> None:
    assert said in desk.refused("team", "invite", *words)


def test_the_overviews_of_two_weeks(desk: Desk) -> None:
    week47, week48 = str(SAMPLES / "overview-week47.xlsx"), str(SAMPLES / "overview-week48.xlsx")
    nothing = {"new": 0, "changed": 0, "unchanged": 0, "missing": 0, "rejected": []}
    assert desk.json("cases", "import", week47, "--as", "Coby", "--dry-run") == nothing | {"new": 40}
    assert desk.json("cases", "import", week47, "--as", "Coby") == nothing | {"new": 40}
    assert desk.json("cases", "import", week47, "--as", "Coby") == nothing | {"unchanged": 40}
    dated = {line["ref"]: line["reporting_date"] for line in desk.json("cases", "list", "--as", "Coby")}
    assert desk.json("cases", "import", week48, "--as", "Coby") == nothing | {
        "new": 3,
        "changed": 8,
        "unchanged": 30,
        "missing": 2,
    }
    lines = {line["ref"]: line["reporting_date"] for line in desk.json("cases", "list", "--as", "Coby")}
    assert len(lines) == 43
    moved = [(dated[ref], lines[ref]) for ref in dated if dated[ref] != lines[ref]]
    assert sum(before is None for before, _ in moved) == 5
    assert sum(after is None for _, after in moved) == 2
    assert sum(before is not None and after is not None for before, after in moved) == 1


def test_a_file_with_citizen_service_numbers_is_refused_whole(desk: Desk) -> None:
    said = desk.refused("cases", "import", str(SAMPLES / "overview-with-bsn.xlsx"), "--as", "Coby")
    assert "burgerservicenummers" in said
    assert desk.json("cases", "list", "--as", "Coby") == []


def test_the_messy_file_gives_four_rows_and_ten_reasons(desk: Desk) -> None:
    brought = desk.json("cases", "import", str(SAMPLES / "overview-messy.csv"), "--as", "Coby")
    assert brought["new"] == 4
    assert [r["row"] for r in brought["rejected"]] == [6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
    assert all(r["reason"] for r in brought["rejected"])


def test_only_a_coordinator_brings_in_overviews_and_only_of_their_area(desk: Desk) -> None:
    desk.run("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "all")
    desk.run("team", "invite", "--role", "coordinator", "--name", "Dirk", "--area", "Drenthe")
    week47 = str(SAMPLES / "overview-week47.xlsx")
    assert "Only a coordinator" in desk.refused("cases", "import", week47, "--as", "Anneke")
    brought = desk.json("cases", "import", week47, "--as", "Dirk")
    assert brought["new"] == 14
    assert len(brought["rejected"]) == 26
    assert {line["province"] for line in desk.json("cases", "list", "--as", "Dirk")} == {"Drenthe"}


def test_the_list_has_its_fields_and_the_most_pressing_first(desk: Desk) -> None:
    desk.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    lines = desk.json("cases", "list", "--as", "Coby", "--pending")
    fields = "ref municipality province prison reporting_date phase outcome worker waiting_for level"
    assert all(set(line) == set(fields.split()) for line in lines)
    assert lines[0]["reporting_date"] == "2026-12-02"
    assert [w["reason"] for w in lines[0]["waiting_for"]] == ["plan_not_agreed", "no_worker", "no_letter_sent"]
    dates = [line["reporting_date"] or "9999" for line in lines]
    assert dates == sorted(dates)
    drenthe = desk.json("cases", "list", "--as", "Coby", "--area", "Drenthe")
    assert {line["province"] for line in drenthe} == {"Drenthe"}


def test_a_case_of_somebody_else_and_one_that_does_not_exist_get_one_answer(desk: Desk) -> None:
    desk.run("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "Assen")
    desk.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    elsewhere = desk.json("cases", "list", "--as", "Coby", "--area", "Groningen")[0]["ref"]
    mine = desk.json("cases", "list", "--as", "Anneke")[0]["ref"]
    assert desk.json("cases", "show", mine, "--as", "Anneke")["worker"] == "Anneke"
    answers = [desk.refused("cases", "show", ref, "--as", "Anneke") for ref in (elsewhere, "GR-22222")]
    assert answers[0].replace(elsewhere, "X") == answers[1].replace("GR-22222", "X")
    assert "no case" in desk.refused("cases", "show", mine, "--as", "Coby")  # a coordinator sees the list only


def test_a_case_shows_whole(desk: Desk) -> None:
    desk.run("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "Groningen")
    desk.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    ref = desk.json("cases", "list", "--as", "Anneke")[0]["ref"]
    shown = desk.json("cases", "show", ref.lower().replace("-", ""), "--as", "Anneke")
    fields = (
        "ref track phase outcome municipality province prison reporting_date release_date days_left worker language "
        "consents progress domains answers flags actions reminders contacts measures messages"
    )
    assert set(fields.split()) <= set(shown)
    assert "answers" in desk.run("cases", "show", ref, "--as", "Anneke")


def test_a_fresh_invitation_ends_the_former_one(desk: Desk) -> None:
    desk.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    line = desk.json("cases", "list", "--as", "Coby")[0]
    made = desk.json("cases", "invite", line["ref"], "--as", "Coby")
    assert set(made) == {"code", "short_code", "link", "expires"}
    assert len(made["short_code"]) == 14
    assert made["expires"] == "2026-12-02T23:00:00Z"  # the end of the reporting day, in Amsterdam
    reasons = [w["reason"] for w in desk.json("cases", "list", "--as", "Coby")[0]["waiting_for"]]
    # Eight days to go, and nobody has a plan. A code on a screen is no letter.
    assert set(reasons) == {"plan_not_agreed", "no_worker", "no_letter_sent"}


def test_nobody_of_that_name(desk: Desk) -> None:
    assert "nobody called 'Piet'" in desk.refused("cases", "list", "--as", "Piet")


def test_end_of_access_is_at_once_and_their_cases_wait_for_somebody_else(desk: Desk) -> None:
    desk.run("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "all")
    desk.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    assert "40 cases" in desk.run("team", "end", "Anneke")
    desk.refused("cases", "list", "--as", "Anneke")
    assert all(line["worker"] is None for line in desk.json("cases", "list", "--as", "Coby"))


def test_a_wrong_setting_is_named_with_its_mend(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOORZORG_TIMEZONE", "Europe/Amsterdm")
    said = desk.refused("team", "list")
    assert "VOORZORG_TIMEZONE" in said
    assert "Europe/Amsterdam" in said


def test_nobody_makes_themselves_a_stand_in_at_the_command_line(desk: Desk) -> None:
    for role, name, area in (
        ("worker", "Anneke", "Groningen"),
        ("worker", "Bram", "Groningen"),
        ("coordinator", "Inge", "provincie Groningen"),
        ("worker", "Dirk", "Assen"),
        ("administrator", "Beheer", "all"),
    ):
        desk.run("team", "invite", "--role", role, "--name", name, "--area", area)
    desk.everybody_is_in()
    until = ("--until", desk.day(13))
    refusals = {
        ("Anneke", "Inge", "--as", "Inge", *until): "Nobody makes themselves a stand-in",
        ("Anneke", "Anneke", "--as", "Inge", *until): "Nobody makes themselves a stand-in",
        ("Anneke", "Beheer", "--as", "Beheer", *until): "Nobody makes themselves a stand-in",
        ("Anneke", "Bram", "--as", "Bram", *until): "Nobody makes themselves a stand-in",
        ("Dirk", "Bram", "--as", "Inge", *until): "does not decide for Dirk",
        ("Anneke", "Dirk", "--as", "Inge", *until): "works elsewhere",
        ("Anneke", "Beheer", "--as", "Inge", *until): "cannot stand in",
        ("Anneke", "Bram", "--as", "Inge", "--until", desk.day(14)): "within fourteen days",
        ("Anneke", "Bram", "--as", "Inge", "--until", desk.day(-1)): "within fourteen days",
        ("Anneke", "Nobody", "--as", "Inge", *until): "nobody called",
    }
    for words, said in refusals.items():
        assert said in desk.refused("team", "cover", *words), words
    for decides in ("Inge", "Anneke", "Coby", "Beheer"):
        assert "Bram stands in for Anneke" in desk.run("team", "cover", "Anneke", "Bram", "--as", decides, *until)


def test_a_coordinator_makes_no_code_for_a_case_in_which_somebody_has_begun(desk: Desk) -> None:
    desk.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    ref = desk.json("cases", "list", "--as", "Coby")[0]["ref"]
    assert len(desk.json("cases", "invite", ref, "--as", "Coby")["code"]) == 22
    desk.has_begun(ref)
    assert "Somebody has begun with" in desk.refused("cases", "invite", ref, "--as", "Coby")
    assert "no case" in desk.refused("cases", "invite", "GR-22222", "--as", "Coby")

"""The command line as a coordinator uses it, on the real samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import SAMPLES, CommandLine


def test_init_can_be_repeated_and_never_overwrites_a_key(cli: CommandLine) -> None:
    before = Path("data/master.keys").read_text()
    cli.run("init")
    assert Path("data/master.keys").read_text() == before


def test_init_refuses_a_new_key_over_existing_data(cli: CommandLine) -> None:
    Path("data/master.keys").unlink()
    assert "Put it back" in cli.refused("init")
    assert not Path("data/master.keys").exists()


def test_another_key_opens_nothing_and_is_told_apart(cli: CommandLine) -> None:
    keys = Path("data/master.keys")
    keys.write_text(f"{keys.read_text().split()[0]} {'A' * 43}=\n")
    assert "is not the one that this database was made with" in cli.refused("cases", "list", "--as", "Coby")


def test_without_a_database_the_next_step_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "voorzorg init" in CommandLine().refused("cases", "list", "--as", "Coby")


def test_an_invitation_to_the_team_has_its_fields(cli: CommandLine) -> None:
    made = cli.json("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "gemeente groningen")
    assert set(made) == {"code", "link", "role", "area", "expires", "totp_uri"}
    assert (made["role"], made["area"], len(made["code"])) == ("worker", "Groningen", 22)
    assert made["totp_uri"].startswith("otpauth://totp/")
    again = cli.json("team", "invite", "--role", "worker", "--name", "anneke", "--area", "Groningen")
    assert again["code"] != made["code"]
    assert again["totp_uri"] != made["totp_uri"]  # whoever found the first sheet signs in with it no more
    assert [m["name"] for m in cli.json("team", "list")] == ["Coby", "Anneke"]


@pytest.mark.parametrize("area", ["Groningen", "PI Veenhuizen", "all", "provincie Drenthe"])
def test_nobody_is_invited_to_a_role_that_leads_nowhere_yet(cli: CommandLine, area: str) -> None:
    words = ("team", "invite", "--role", "supporter", "--name", "Mia", "--area", area, "--sheet", "sheet.pdf")
    said = cli.refused(*words)
    assert "There is nothing here for a supporter yet: nobody is invited as one." in said
    assert "Roles: worker, coordinator, casemanager, administrator." in said
    assert [m["name"] for m in cli.json("team", "list")] == ["Coby"]
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
def test_a_wrong_invitation_says_what_to_write(cli: CommandLine, words: tuple[str, ...], said: str) -> None:
    assert said in cli.refused("team", "invite", *words)


def test_the_overviews_of_two_weeks(cli: CommandLine) -> None:
    week47, week48 = str(SAMPLES / "overview-week47.xlsx"), str(SAMPLES / "overview-week48.xlsx")
    nothing = {"new": 0, "changed": 0, "unchanged": 0, "missing": 0, "rejected": []}
    assert cli.json("cases", "import", week47, "--as", "Coby", "--dry-run") == nothing | {"new": 40}
    assert cli.json("cases", "import", week47, "--as", "Coby") == nothing | {"new": 40}
    assert cli.json("cases", "import", week47, "--as", "Coby") == nothing | {"unchanged": 40}
    dated = {line["ref"]: line["reporting_date"] for line in cli.json("cases", "list", "--as", "Coby")}
    assert cli.json("cases", "import", week48, "--as", "Coby") == nothing | {
        "new": 3,
        "changed": 8,
        "unchanged": 30,
        "missing": 2,
    }
    lines = {line["ref"]: line["reporting_date"] for line in cli.json("cases", "list", "--as", "Coby")}
    assert len(lines) == 43
    moved = [(dated[ref], lines[ref]) for ref in dated if dated[ref] != lines[ref]]
    assert sum(before is None for before, _ in moved) == 5
    assert sum(after is None for _, after in moved) == 2
    assert sum(before is not None and after is not None for before, after in moved) == 1


def test_a_file_with_citizen_service_numbers_is_refused_whole(cli: CommandLine) -> None:
    said = cli.refused("cases", "import", str(SAMPLES / "overview-with-bsn.xlsx"), "--as", "Coby")
    assert "burgerservicenummers" in said
    assert cli.json("cases", "list", "--as", "Coby") == []


def test_the_messy_file_gives_four_rows_and_ten_reasons(cli: CommandLine) -> None:
    brought = cli.json("cases", "import", str(SAMPLES / "overview-messy.csv"), "--as", "Coby")
    assert brought["new"] == 4
    assert [r["row"] for r in brought["rejected"]] == [6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
    assert all(r["reason"] for r in brought["rejected"])


def test_only_a_coordinator_brings_in_overviews_and_only_of_their_area(cli: CommandLine) -> None:
    cli.run("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "all")
    cli.run("team", "invite", "--role", "coordinator", "--name", "Dirk", "--area", "Drenthe")
    week47 = str(SAMPLES / "overview-week47.xlsx")
    assert "Only a coordinator" in cli.refused("cases", "import", week47, "--as", "Anneke")
    brought = cli.json("cases", "import", week47, "--as", "Dirk")
    assert brought["new"] == 14
    assert len(brought["rejected"]) == 26
    assert {line["province"] for line in cli.json("cases", "list", "--as", "Dirk")} == {"Drenthe"}


def test_the_list_has_its_fields_and_the_most_pressing_first(cli: CommandLine) -> None:
    cli.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    lines = cli.json("cases", "list", "--as", "Coby", "--pending")
    fields = "ref municipality province prison reporting_date phase outcome worker waiting_for level"
    assert all(set(line) == set(fields.split()) for line in lines)
    assert lines[0]["reporting_date"] == "2026-12-02"
    assert [w["reason"] for w in lines[0]["waiting_for"]] == ["plan_not_agreed", "no_worker", "no_letter_sent"]
    dates = [line["reporting_date"] or "9999" for line in lines]
    assert dates == sorted(dates)
    drenthe = cli.json("cases", "list", "--as", "Coby", "--area", "Drenthe")
    assert {line["province"] for line in drenthe} == {"Drenthe"}


def test_a_case_of_somebody_else_and_one_that_does_not_exist_get_one_answer(cli: CommandLine) -> None:
    cli.run("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "Assen")
    cli.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    elsewhere = cli.json("cases", "list", "--as", "Coby", "--area", "Groningen")[0]["ref"]
    mine = cli.json("cases", "list", "--as", "Anneke")[0]["ref"]
    assert cli.json("cases", "show", mine, "--as", "Anneke")["worker"] == "Anneke"
    answers = [cli.refused("cases", "show", ref, "--as", "Anneke") for ref in (elsewhere, "GR-22222")]
    assert answers[0].replace(elsewhere, "X") == answers[1].replace("GR-22222", "X")
    assert "no case" in cli.refused("cases", "show", mine, "--as", "Coby")  # a coordinator sees the list only


def test_a_case_shows_whole(cli: CommandLine) -> None:
    cli.run("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "Groningen")
    cli.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    ref = cli.json("cases", "list", "--as", "Anneke")[0]["ref"]
    shown = cli.json("cases", "show", ref.lower().replace("-", ""), "--as", "Anneke")
    fields = (
        "ref track phase outcome municipality province prison reporting_date release_date days_left worker language "
        "consents progress domains answers flags actions reminders contacts measures messages"
    )
    assert set(fields.split()) <= set(shown)
    assert "answers" in cli.run("cases", "show", ref, "--as", "Anneke")


def test_a_fresh_invitation_ends_the_former_one(cli: CommandLine) -> None:
    cli.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    line = cli.json("cases", "list", "--as", "Coby")[0]
    made = cli.json("cases", "invite", line["ref"], "--as", "Coby")
    assert set(made) == {"code", "short_code", "link", "expires"}
    assert len(made["short_code"]) == 14
    assert made["expires"] == "2026-12-02T23:00:00Z"  # the end of the reporting day, in Amsterdam
    reasons = [w["reason"] for w in cli.json("cases", "list", "--as", "Coby")[0]["waiting_for"]]
    # Eight days to go, and nobody has a plan. A code on a screen is no letter.
    assert set(reasons) == {"plan_not_agreed", "no_worker", "no_letter_sent"}


def test_nobody_of_that_name(cli: CommandLine) -> None:
    assert "nobody called 'Piet'" in cli.refused("cases", "list", "--as", "Piet")


def test_end_of_access_is_at_once_and_their_cases_wait_for_somebody_else(cli: CommandLine) -> None:
    cli.run("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "all")
    cli.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    assert "40 cases" in cli.run("team", "end", "Anneke")
    cli.refused("cases", "list", "--as", "Anneke")
    assert all(line["worker"] is None for line in cli.json("cases", "list", "--as", "Coby"))


def test_a_wrong_setting_is_named_with_its_mend(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOORZORG_TIMEZONE", "Europe/Amsterdm")
    said = cli.refused("team", "list")
    assert "VOORZORG_TIMEZONE" in said
    assert "Europe/Amsterdam" in said


def test_nobody_makes_themselves_a_stand_in_at_the_command_line(cli: CommandLine) -> None:
    for role, name, area in (
        ("worker", "Anneke", "Groningen"),
        ("worker", "Bram", "Groningen"),
        ("coordinator", "Inge", "provincie Groningen"),
        ("worker", "Dirk", "Assen"),
        ("administrator", "Beheer", "all"),
    ):
        cli.run("team", "invite", "--role", role, "--name", name, "--area", area)
    cli.everybody_is_in()
    until = ("--until", cli.day(13))
    refusals = {
        ("Anneke", "Inge", "--as", "Inge", *until): "Nobody makes themselves a stand-in",
        ("Anneke", "Anneke", "--as", "Inge", *until): "Nobody makes themselves a stand-in",
        ("Anneke", "Beheer", "--as", "Beheer", *until): "Nobody makes themselves a stand-in",
        ("Anneke", "Bram", "--as", "Bram", *until): "Nobody makes themselves a stand-in",
        ("Dirk", "Bram", "--as", "Inge", *until): "does not decide for Dirk",
        ("Anneke", "Dirk", "--as", "Inge", *until): "works elsewhere",
        ("Anneke", "Beheer", "--as", "Inge", *until): "cannot stand in",
        ("Anneke", "Bram", "--as", "Inge", "--until", cli.day(14)): "within fourteen days",
        ("Anneke", "Bram", "--as", "Inge", "--until", cli.day(-1)): "within fourteen days",
        ("Anneke", "Nobody", "--as", "Inge", *until): "nobody called",
    }
    for words, said in refusals.items():
        assert said in cli.refused("team", "cover", *words), words
    for decides in ("Inge", "Anneke", "Coby", "Beheer"):
        assert "Bram stands in for Anneke" in cli.run("team", "cover", "Anneke", "Bram", "--as", decides, *until)


def test_a_coordinator_makes_no_code_for_a_case_in_which_somebody_has_begun(cli: CommandLine) -> None:
    cli.run("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
    ref = cli.json("cases", "list", "--as", "Coby")[0]["ref"]
    assert len(cli.json("cases", "invite", ref, "--as", "Coby")["code"]) == 22
    cli.has_begun(ref)
    assert "Somebody has begun with" in cli.refused("cases", "invite", ref, "--as", "Coby")
    assert "no case" in cli.refused("cases", "invite", "GR-22222", "--as", "Coby")

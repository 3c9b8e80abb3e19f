"""The menu of commands, each role its own (design.md, Chat commands). It shows; it permits nothing."""

from __future__ import annotations

from conversations.words.wording import Words

Entry = tuple[str, str]


def _self_reporter(words: Words) -> tuple[Entry, ...]:
    return (
        ("vragen", words.text("Go on with the questions")),
        ("plan", words.text("My plan")),
        ("bericht", words.text("Write to my helper")),
        ("pauze", words.text("Rest and times")),
        ("verberg", words.text("Put it out of sight")),
        ("pin", words.text("A PIN")),
        ("mijngegevens", words.text("My data as a file")),
        ("wiekeek", words.text("Who looked into it")),
        ("stop", words.text("Stop")),
        ("wissen", words.text("Erase everything")),
    )


def _worker(words: Words) -> tuple[Entry, ...]:
    return (
        ("vandaag", words.text("Who waits for me")),
        ("zaken", words.text("All my cases")),
        ("zaak", words.text("Open a case: /zaak GR-4K7Q2")),
        ("risicos", words.text("Risks that stand open")),
        ("zoek", words.text("Search by name or reference")),
        ("nieuw", words.text("Add a case by hand")),
        ("contact", words.text("Note contact with somebody")),
        ("actie", words.text("Add an action")),
        ("notitie", words.text("Write a note")),
        ("maatregel", words.text("Weigh a measure")),
        ("bericht", words.text("Write to somebody")),
        ("plan", words.text("The plan of a case")),
        ("knelpunt", words.text("What stands in the way")),
        ("overdragen", words.text("Give a case to a colleague")),
        ("agenda", words.text("My working days")),
        ("waarneming", words.text("Who stands in for me")),
        ("vraag", words.text("Ask the coordinator")),
    )


def _coordinator(words: Words) -> tuple[Entry, ...]:
    return (
        *_worker(words),
        ("monitor", words.text("The figures of my area")),
        ("rapport", words.text("One A4 for the alderman")),
        ("export", words.text("The monitoring format as a file")),
        ("import", words.text("Bring in an overview")),
        ("toewijzen", words.text("Say who takes a case")),
        ("werkdruk", words.text("How much everybody has")),
        ("brieven", words.text("Make letters")),
        ("team", words.text("Who works here")),
        ("knelpunten", words.text("What stands in the way of many")),
        ("overleg", words.text("The intake meeting")),
        ("maandrapport", words.text("The report of the month")),
    )


def _casemanager(words: Words) -> tuple[Entry, ...]:
    return (
        ("zaken", words.text("Who shares something with me")),
        ("week", words.text("Who comes this week and the next")),
        ("zaak", words.text("Open a case: /zaak GR-4K7Q2")),
        ("plan", words.text("What is shared of a plan")),
        ("bericht", words.text("Write to the helper")),
    )


def menu(words: Words, role: str) -> list[dict[str, str]]:
    """Return the commands of a role's menu as Telegram's BotCommand objects."""
    own = {"self_reporter": _self_reporter, "worker": _worker, "coordinator": _coordinator, "casemanager": _casemanager}
    entries = own[role](words) if role in own else (("start", words.text("Begin")),)
    everybody = (("taal", words.text("Language")), ("help", words.text("Help")))
    return [{"command": name, "description": description} for name, description in (*entries, *everybody)]

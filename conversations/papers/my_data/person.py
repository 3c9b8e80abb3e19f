"""The person: who they are, the day, the lists, the help, and how they want it."""

from __future__ import annotations

from conversations.papers.my_data.page import NOTHING, Line, Page, Section, line, own
from conversations.self_reporter.phrases import contact


def sections(page: Page) -> list[Section]:
    """Return these parts."""
    text = page.turn.text
    return [
        (text("About you"), _you(page)),
        (text("Your day"), _day(page)),
        (text("What happened"), _happened(page)),
        (text("The lists that we got"), _lists(page)),
        (text("Your help"), _help(page)),
        (text("How you want it"), _wishes(page)),
    ]


def _you(page: Page) -> list[Line]:
    text, case, who = page.turn.text, page.case, page.case.identity
    return [
        line(text("Name"), own(who.name) or NOTHING),
        line(text("Year of birth"), str(who.birth_year or NOTHING)),
        line(text("Number of the list"), own(who.number) or NOTHING),
        line(text("Reference"), case.ref),
        line(text("Municipality"), own(case.municipality), text("province {name}", name=case.province)),
        line(text("Language"), page.language(case.language)),
        line(text("Telegram number"), str(page.turn.chat.telegram_id)),
    ]


def _phase(page: Page) -> str:
    known = page.turn.content.tracks.of(page.case.track).phase(page.case.phase)
    return page.turn.words.content(known.id, known.person)


def _event(page: Page, what: str) -> str:
    known = page.turn.content.tracks.of(page.case.track).event(what)
    return page.turn.words.content(known.id, known.person) if known is not None else what


def _happened(page: Page) -> list[Line]:
    text = page.turn.text
    by = {"self": text("you told it"), "worker": text("your helper told it"), "casemanager": text("the prison told it")}
    return [
        line(
            page.day(row.day),
            _event(page, row.what),
            by.get(row.by),
            text("written down {when}", when=page.moment(row.noted_at)) if row.noted_at else None,
        )
        for row in page.case.events
    ]


def _closed(page: Page) -> str | None:
    reason = page.case.closed_reason
    known = page.turn.content.tracks.of(page.case.track).closing(reason or "")
    return page.turn.words.content(known.id, known.person) if known is not None and known.person else reason


def _day(page: Page) -> list[Line]:
    text, case = page.turn.text, page.case
    read_by = {"self": text("you read it in the letter"), "worker": text("your helper read it in the letter")}
    # A day that only a list brought is nobody's fact.
    known = read_by.get(case.date_confirmed_by or "", text("only your letter counts") if case.reporting_date else "")
    lines = [
        line(text("Where you are now"), _phase(page)),
        line(text("Your day"), page.day(case.reporting_date), known),
        line(text("Prison"), own(case.prison) or NOTHING),
    ]
    if case.outcome:
        lines.append(line(text("What came of the day"), _event(page, case.outcome)))
    if case.sentence_days is not None:
        lines.append(line(text("Days of the sentence"), str(case.sentence_days)))
    days = (
        (text("You went in on"), case.arrived_on),
        (text("Last known to be inside"), case.inside_on),
        (text("Day of release"), case.release_date),
        (text("The sentence ends on"), case.formal_release),
    )
    lines += [line(head, page.day(day)) for head, day in days if day is not None]
    if case.closed_on is not None:
        lines.append(line(text("Closed"), page.day(case.closed_on), _closed(page)))
    return lines


def _lists(page: Page) -> list[Line]:
    text, case = page.turn.text, page.case
    lines = [line(text("Kept since"), page.moment(case.added_at))]
    days = (
        (text("First list"), case.first_listed_on),
        (text("Newest list"), case.listed_on),
        (text("No longer on the list since"), case.missing_since),
    )
    lines += [line(head, page.day(day)) for head, day in days if day is not None]
    if case.overview_date is not None:
        lines.append(line(text("Day on the list"), page.day(case.overview_date), text("only your letter counts")))
    if case.list_withdrew:
        lines.append(line(text("Day on the list"), text("the list took the day away"), text("only your letter counts")))
    heads = {
        "municipality": text("Municipality"),
        "prison": text("Prison"),
        "sentence_days": text("Days of the sentence"),
        "known_to_care": text("Known to other help"),
        "language": text("Language"),
    }
    for name, value in case.listed.items():
        if value is not None:
            said = page.yes_no(value) if isinstance(value, bool) else str(value)
            said = page.language(said) if name == "language" else said
            lines.append(line(text("The list says: {what}", what=heads.get(name, name)), own(said)))
    return lines


def _help(page: Page) -> list[Line]:
    text, case, team = page.turn.text, page.case, contact(page.turn)
    ways = {
        "chat": text("in this chat"),
        "telephone": text("by telephone"),
        "paper": text("on paper"),
        "visit": text("with a visit"),
    }
    lines = [
        line(text("Helper"), own(page.who(case.worker)) if case.worker else NOTHING, own(team.team), team.telephone),
        line(text("Known to other help"), page.yes_no(case.known_to_care)),
        line(text("How we reach you"), ways.get(case.channel, case.channel)),
    ]
    moments = (
        (text("First letter"), case.reach.letter_at),
        (text("Last invitation"), case.invited_at),
        (text("You came into this chat"), case.joined_at),
        (text("Another phone wants to come in since"), case.new_phone_at),
        (text("On that phone somebody asked for a call"), case.call_asked_at),
        (text("Messages do not arrive since"), case.unreachable_since),
        (text("You blocked the chat"), page.turn.chat.blocked_at),
        (text("Last answer"), case.last_answer_at),
        (text("Last tap"), page.turn.chat.last_seen),
        (text("The coordinator may read along until"), case.shared_until),
        (text("Somebody looks at the latest on"), case.attend_by),
        (text("The coordinator heard that it was late"), case.alarmed_until),
    )
    lines += [line(head, page.moment(at)) for head, at in moments if at is not None]
    if case.questions_left is not None:
        lines.append(line(text("Questions that are open"), str(case.questions_left)))
    for one in page.kept.invitations:
        ended = text("ended {when}", when=page.moment(one.ended_at)) if one.ended_at else None
        used = text("used {when}", when=page.moment(one.used_at)) if one.used_at else None
        wrong = text("wrong year of birth: {times}", times=one.tries) if one.tries else None
        until = text("good until {when}", when=page.moment(one.expires_at))
        lines.append(line(text("Code for this chat, {when}", when=page.moment(one.made_at)), until, used, ended, wrong))
    return lines


def _wishes(page: Page) -> list[Line]:
    text, wishes = page.turn.text, page.case.preferences
    time = page.turn.words.time
    lines = [
        line(text("Others use the phone"), page.yes_no(page.case.shares_phone)),
        line(text("Language of this chat"), page.language(page.turn.chat.language)),
    ]
    if wishes.hour is not None:
        lines.append(line(text("Hour of messages"), time(wishes.hour)))
    if wishes.quiet_from is not None or wishes.quiet_until is not None:
        quiet = [time(at) if at else NOTHING for at in (wishes.quiet_from, wishes.quiet_until)]
        lines.append(line(text("Quiet hours"), " – ".join(quiet)))
    if wishes.paused_until is not None:
        lines.append(line(text("Rest until"), page.day(wishes.paused_until)))
    if wishes.next_on is not None or wishes.next_domain is not None:
        about = page.domain(wishes.next_domain) if wishes.next_domain else None
        lines.append(line(text("Next time"), page.day(wishes.next_on), about))
    if wishes.pin is not None:
        lines.append(line(text("PIN"), text("kept as a scrambled number")))
    return lines

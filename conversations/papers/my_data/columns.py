"""Columns that are kept about somebody and do not stand in their own document, each with the reason why.

Whatever else has a column stands in it: tests/talk/test_my_data_is_whole.py changes every field, and looks whether the
document changes with it. A new column is shown, or gets its line here.
"""

from __future__ import annotations

_KEY = "a technical key: it names a row for the program and says nothing about anybody"
_OTHERS = "about colleagues; whoever of them did something with this case stands there by name"
_SEALED_COPY = "a lock, an index or a check sum of something that stands there in words"
_CLOCKWORK = "the clockwork of the program: when it looks again, and how far it is"
_SCREEN = "the screen of the chat: its number, and whether it is folded"

# By table and column; of a sealed column by what is in it. `*`: the whole table.
LEFT_OUT = {
    # The case.
    "cases.id": _KEY,
    "cases.version": _CLOCKWORK,
    "cases.track": "the same for everybody whom this version knows: self-reporting",
    "cases.look_at": _CLOCKWORK,
    "cases.silent_since": "the first day on the list, for as long as nobody spoke to them: both stand there",
    "cases.facts": "the same facts stand there as the row among the figures",
    "cases.measured": _SEALED_COPY,
    "cases.new_phone": _KEY,
    "cases.overview_index": _SEALED_COPY,
    # What hangs from it.
    **{
        f"{table}.{column}": _KEY
        for table in (
            *("action", "flag", "contact", "consent", "message", "due", "note", "measure", "decision", "handover"),
            *("story", "resolution", "effort", "event", "chat", "invitation", "bottleneck"),
        )
        for column in ("id", "case_id")
    },
    "pending.case_id": _KEY,
    "action.position": "only in which order actions came: they stand there in it",
    "event.position": "only in which order it happened: it stands there in it",
    "event.to_": "where it led to: what happened says so, and where they are now stands there",
    "action.proposal": "the id of the proposal whose words stand there",
    "flag.flag": "the id of the rule whose words stand there",
    "due.zone": "the same for everybody: the zone of the installation",
    "due.due_at": "the day and the time on the wall stand there; this is the same moment for the program",
    "due.notice": _KEY,
    "due.chat_id": _KEY,
    # The chat.
    "chat.telegram_index": _SEALED_COPY,
    "chat.subject": _KEY,
    "chat.staff_id": "a chat belongs to a colleague or to somebody, never to both",
    "chat.screen": _SCREEN,
    "chat.screen_message": _SCREEN,
    "chat.newest_message": _SCREEN,
    "chat.folded": _SCREEN,
    "chat.recent": _SCREEN,
    "chat.watched": _SCREEN,
    "chat.code_tries": "codes tried before the chat was anybody's; counted for an hour",
    "chat.code_tries_since": "codes tried before the chat was anybody's; counted for an hour",
    "chat.place": "where the chat stands: at this moment, that the person asks for this document",
    "chat.busy_until": "how fast somebody taps: a few seconds' worth",
    "invitation.staff_id": "an invitation is a colleague's or somebody's, never both",
    "invitation.code_hash": _SEALED_COPY,
    "invitation.short_hash": _SEALED_COPY,
    # On its way.
    "outbox.seq": _CLOCKWORK,
    "outbox.key": _KEY,
    "outbox.chat_id": _KEY,
    "outbox.state": "only what has not left stands there",
    "outbox.attempts": _CLOCKWORK,
    "outbox.reason": _CLOCKWORK,
    "inbox.seq": _CLOCKWORK,
    "inbox.update_id": _KEY,
    "inbox.chat_index": _SEALED_COPY,
    "inbox.state": "only what could not be read stands there; the rest is dealt with within the second",
    "inbox.attempts": _CLOCKWORK,
    "inbox.not_before": _CLOCKWORK,
    "inbox.payload": "what came and could not be read: the person sent it and has it in their own chat",
    # The trail and the figures.
    "audit.seq": _CLOCKWORK,
    "audit.object": "this case or this chat: the rows that stand there are about nothing else",
    "monitoring.id": _KEY,
    "monitoring.case_id": _KEY,
    "monitoring.measures": "the measures stand there in words, with when and by whom",
    **{f"monitoring.tally{n}": "the facts of the row that stands there, packed to be added up" for n in range(36)},
    # Of the installation, and of others.
    "subject_key.*": "the key that opens what stands there",
    "staff.*": _OTHERS,
    "cover.*": _OTHERS,
    "inquiry.*": "what colleagues ask each other, without names and references: about nobody's case",
    "meeting.*": "when a team met; what it decided about this case stands there",
    "overview_draft.*": "a list that a colleague sent and has not said yes to: gone within the hour",
    "installation.*": "about the installation",
    "guess.*": "codes that opened nothing, by how they begin, for an hour: about nobody",
    "lease.*": "about the processes of the installation",
    "published.*": "sums over a municipality: nobody stands in them",
}

"""What is wrong with the content of an installation, what it has, and what nobody has looked at yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from bot.own_content import own_files
from bot.settings import Settings
from bot.upkeep.finding import Finding
from bot.upkeep.recordings import without_a_text
from conversations.content import loading
from conversations.content.content import PARTS, Content
from conversations.content.files.extraction import extract
from conversations.words.wording import CATALOGUES, DEFAULT

# What to do about texts that nobody has checked yet, by the file they stand in.
UNSURE = {
    "measures": ("are not checked", "Check them with the municipality"),
    "letter_languages": ("are not checked", "Have a native speaker read them"),
    "crisis": ("are not checked", "Have a native speaker read them"),
}


def look_at_content(settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong, in each file and between them, what there is, and what is worth a look."""
    loaded = loading.read(own_files(settings), settings.letter_template)
    for name, sentences in loaded.wrong.items():
        yield from (_wrong(name, sentence) for sentence in sentences)
    for name, part in loaded.parts.items():
        if name not in loaded.wrong:
            if name in _HAS:
                yield Finding("good", name, _HAS[name](part))
            yield from _unsure(name, part)
    own = own_files(settings).of("checklist.toml")
    if own is not None and "checklist" not in loaded.wrong:
        yield from _own_texts(own)
    if not loaded.wrong:
        yield from _lost_recordings(Content(settings.zone, **loaded.parts))


def _wrong(name: str, sentence: str) -> Finding:
    says, _, mend = sentence.rpartition("; ")
    mends = [f"{mend[:1].upper()}{mend[1:]}."] if says else []
    if name in {part.name for part in PARTS}:
        mends.append(f"Correct the {name} file.")
    elif name == "audio":
        mends.append("Correct the folder of recordings (VOORZORG_AUDIO_FOLDER).")
    return Finding("wrong", name, says or sentence, " ".join(mends))


def _number(of: str, field: str, part: Any) -> str:
    return f"{len(getattr(part, field))} {of}"


# What a part has, in a few words.
_HAS: dict[str, Callable[[Any], str]] = {
    "region": lambda part: f"{part.name}: {len(part.municipalities)} municipalities",
    "checklist": lambda part: f"version {part.version}: {len(part.questions)} questions",
    "measures": partial(_number, "measures", "measures"),
    "sentences": lambda part: f"{sum(len(group.sentences) for group in part.groups)} ready sentences",
    "dispatch": partial(_number, "rules", "rules"),
    "crisis": partial(_number, "kinds of help", "helps"),
    "facts": partial(_number, "facts for the figures", "facts"),
    "targets": partial(_number, "targets", "targets"),
    "themes": partial(_number, "themes", "themes"),
    "headings": lambda part: f"{len(part.variants)} headings of lists",
    "audio": partial(_number, "recordings", "files"),
}


def _unsure(name: str, part: Any) -> Iterator[Finding]:
    """Say what the packaged file has that nobody has checked."""
    if name == "region":
        for key in part.unverified():
            mend = "Put your own in a region file (VOORZORG_REGION_FILE) and take `verify` away."
            yield Finding("mind", f"region {key}", "is made up or unchecked", mend)
    found = {
        "measures": lambda: [one.id for one in part.measures if one.verify],
        "letter_languages": lambda: [one.code for one in part.languages if one.verify],
        "crisis": lambda: [one.language for one in part.spoken if one.verify],
    }
    if name in found and (unsure := found[name]()):
        says, mend = UNSURE[name]
        setting = f"VOORZORG_{name.upper()}_FILE"
        yield Finding("mind", name, f"{len(unsure)} {says}: {', '.join(unsure)}", f"{mend}, in your own ({setting}).")


def _own_texts(checklist_file: Path) -> Iterator[Finding]:
    """A text of one's own that no catalogue has is shown as it is written, whatever somebody reads."""
    with checklist_file.open("rb") as file:
        texts = {(text, context) for _, _, (context, text), _ in extract(file, (), (), {})}
    with (CATALOGUES / DEFAULT / "LC_MESSAGES" / "messages.po").open("rb") as file:
        known = {(str(m.id), m.context) for m in read_po(file) if m.id}
    if new := len(texts - known):
        says = "1 text is in no catalogue" if new == 1 else f"{new} texts are in no catalogue"
        yield Finding(
            "mind", "checklist", says, "Write them in plain Dutch, and translate them beside it or in locales/."
        )


def _lost_recordings(content: Content) -> Iterator[Finding]:
    """A recording under an id that no text has is heard by nobody."""
    if lost := without_a_text(content):
        says = f"no text has the id of {', '.join(lost)}"
        yield Finding("mind", "audio", says, "Rename what is there: 'voorzorg audio list' gives the ids.")

"""The back of a letter in languages that the chat does not speak: sentences as data, one group a language."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from conversations.content.files import placeholders
from conversations.content.files.content_file import ContentFile, Data, Text, refuse, twice

# Figures keep their order in a line that runs from right to left.
_AS_FIGURES = "\u2066{}\u2069"
_FILLED = ("name", "bot", "telephone", "hours", "days")
# Of a second letter: in place of which sentence each stands.
_AGAIN = {"again": "sentence", "again_free": "free", "again_only_you": "only_you", "again_two_letters": "two_letters"}


class LetterSide(Data):
    """The sentences of one language; `verify`: no native speaker has read them yet."""

    code: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    verify: bool = False
    greeting: Text
    plain_greeting: Text
    sentence: Text
    free: Text
    begin: Text
    scan: Text
    type: Text
    call: Text
    picture: Text
    only_you: Text
    two_letters: Text
    sign: Text
    greetings: Text
    # A second letter; a language without these says what the first said, and still has a code that works.
    again: Text | None = None
    again_free: Text | None = None
    again_only_you: Text | None = None
    again_two_letters: Text | None = None

    @model_validator(mode="after")
    def _can_be_filled(self) -> Self:
        needed = {"greeting": ("name",), "type": ("bot",), "call": ("telephone",)}
        refuse(
            f"{name}: {fault}"
            for name, text in self._sentences().items()
            for fault in placeholders.faults(text, _FILLED, needed.get(name, ()))
        )
        return self

    def _sentences(self) -> dict[str, str]:
        return self.model_dump(exclude={"code", "verify"}, exclude_none=True)

    def filled(self, name: str, bot: str, telephone: str, hours: str, visit_days: int | None = None) -> dict[str, str]:
        """Return the sentences for somebody; without a name the greeting has none.

        `visit_days`: it is a second letter, and so many days after it somebody may come by.
        """
        known = {"bot": f"@{bot}", "telephone": telephone, "hours": hours, "days": str(visit_days or "")}
        known = {"name": name} | {key: _AS_FIGURES.format(text) for key, text in known.items()}
        said = {key: placeholders.filled(text, known) for key, text in self._sentences().items()}
        again = {name: said.pop(key) for key, name in _AGAIN.items() if key in said}
        if visit_days is not None:
            said |= again
        said["telephone"] = known["telephone"]
        return said if name else said | {"greeting": said["plain_greeting"]}


class LetterLanguages(ContentFile):
    """All of them."""

    packaged = "letter_languages.toml"

    languages: tuple[LetterSide, ...] = Field(default=(), alias="language")

    @model_validator(mode="after")
    def _are_told_apart(self) -> Self:
        refuse(twice("language", (side.code for side in self.languages), "keep one of each"))
        return self

    def of(self, code: str) -> LetterSide | None:
        """Return the sentences of a language, None where it is not here."""
        return next((side for side in self.languages if side.code == code), None)

"""The rules of letters, as data: the ladder from a first letter up to a visit, and how a letter is folded."""

from __future__ import annotations

from pydantic import Field

from conversations.content.files.content_file import ContentFile, Data, Text


class Ladder(Data):
    """Days without a reaction until the next step."""

    second_letter_days: int = Field(default=14, ge=1, le=365)
    visit_days: int = Field(default=14, ge=1, le=365)


class LetterRules(ContentFile):
    """The ladder of the region, and those of municipalities with their own."""

    packaged = "letters.toml"

    second_letter_days: int = Field(default=14, ge=1, le=365)
    visit_days: int = Field(default=14, ge=1, le=365)
    # Whether the name and the reference stand where an envelope has its window.
    window_envelope: bool = False
    municipalities: dict[Text, Ladder] = Field(default_factory=dict)

    def ladder(self, municipality: str) -> Ladder:
        """Return the ladder of a municipality."""
        own = Ladder(second_letter_days=self.second_letter_days, visit_days=self.visit_days)
        return self.municipalities.get(municipality, own)

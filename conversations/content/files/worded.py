"""Tables with texts, and their translations beside them: `in.en.text = "…"` in the table of `text = "…"`.

A translation that stands beside its text goes before the catalogues; who writes a text of their own has it in none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from conversations.content.files import placeholders
from conversations.content.files.content_file import MARKUP, Data, has_markup, refuse
from conversations.words.wording import LANGUAGES, OwnText

Translated = str | tuple[str, ...]


class Worded(Data):
    """A table of which people read `texts`; `translations`: of each, by language."""

    texts: ClassVar[tuple[str, ...]]

    translations: dict[str, dict[str, Translated]] = Field(default_factory=dict, alias="in", repr=False)

    @model_validator(mode="after")
    def _is_translated(self) -> Self:
        if self.translations:
            refuse(self._translation_faults())
            for key in self.texts:
                # Frozen for everybody else: this is still its making.
                self.__dict__[key] = self._with_translations(key)
        return self

    def _with_translations(self, key: str) -> Translated | None:
        said: Translated | None = getattr(self, key)
        own = {language: texts[key] for language, texts in self.translations.items() if key in texts}
        if said is None or isinstance(said, str):
            return OwnText(said, {lang: text for lang, text in own.items() if isinstance(text, str)}) if said else said
        return tuple(OwnText(text, {lang: texts[n] for lang, texts in own.items()}) for n, text in enumerate(said))

    def _translation_faults(self) -> Iterator[str]:
        for language, texts in self.translations.items():
            if language not in LANGUAGES:
                yield f"in.{language}: nobody reads that here; write one of {', '.join(LANGUAGES)}"
            for key, text in texts.items():
                if key not in self.texts or getattr(self, key) is None:
                    there = [one for one in self.texts if getattr(self, one) is not None]
                    yield f"in.{language}.{key}: there is no such text beside it; write one of {', '.join(there)}"
                else:
                    yield from (f"in.{language}.{key}: {fault}" for fault in self._faults_of(key, text))

    def _faults_of(self, key: str, text: Translated) -> Iterator[str]:
        said: Translated = getattr(self, key)
        try:
            # As long, and as many, as the text itself may be.
            TypeAdapter(type(self).model_fields[key].rebuild_annotation()).validate_python(text)
        except ValidationError as error:
            yield f"{error.errors()[0]['msg']}; make it as the text beside it may be"
            return
        if has_markup(text):
            yield MARKUP
        texts, translations = ((one,) if isinstance(one, str) else one for one in (said, text))
        if len(texts) != len(translations):
            yield f"has {len(translations)} texts for {len(texts)}; write one for each"
        for one, translated in zip(texts, translations, strict=False):
            try:
                names = placeholders.names(one)
            except placeholders.PlaceholderError:
                return  # said of the text
            yield from placeholders.faults(translated, names, names)

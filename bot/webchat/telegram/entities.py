"""Formatted text as Telegram reads it: HTML parse mode to plain text with entities, offsets in UTF-16 units.

The grammar and the wording of the errors follow `parse_html` of tdlib (td/telegram/MessageEntity.cpp).
"""

from __future__ import annotations

import re
from typing import Any

from bot.webchat.telegram.errors import ApiError, bad_request

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_SPECIAL = re.compile(r"[<&]")
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACE = re.compile(r"\s*")
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?!\w)")
_SCHEME = re.compile(r"(?:https?|tg)://.", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?")


def utf16(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, as entities count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def plain(text: str) -> tuple[str, list[Entity]]:
    """Return `text` without its outer white space, and the bot commands in it."""
    text = text.replace("\r", "").strip()
    return text, commands(text)


def rich(html: str) -> tuple[str, list[Entity]]:
    """Return the text and the entities that `html` stands for; raises ApiError where Telegram cannot parse it."""
    text, entities = _Parser(html).parse()
    shift = utf16(text) - utf16(text.lstrip())
    text = text.strip()
    end = utf16(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] - shift + entity["length"], end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    kept += commands(text)
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return text, kept


def commands(text: str) -> list[Entity]:
    """Return the `bot_command` entities that Telegram marks by itself."""
    if "/" not in text:
        return []
    return [
        {"type": "bot_command", "offset": utf16(text[: found.start()]), "length": len(found.group())}
        for found in _COMMAND.finditer(text)
    ]


def link(url: str) -> str | None:
    """Return `url` as Telegram writes it down, or None when it takes it for no link."""
    url = url.strip()
    if _SCHEME.match(url):
        scheme, _, rest = url.partition("://")
        bare = scheme.lower() != "tg" and not re.search(r"[/?#]", rest)
        return f"{url}/" if bare else url
    if _DOMAIN.fullmatch(url):
        return f"http://{url}" if "/" in url else f"http://{url}/"
    return None


class _Parser:
    """One pass over one text."""

    def __init__(self, html: str) -> None:
        self.html = html.replace("\r", "")
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[tuple[str, str, int, int]] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        html = self.html
        while self.at < len(html):
            found = _SPECIAL.search(html, self.at)
            stop = found.start() if found else len(html)
            self._write(html[self.at : stop])
            self.at = stop
            if not found:
                break
            if html[stop] == "&":
                self._character()
            elif html.startswith("</", stop):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1][0]}\""
            )
        return "".join(self.out), self.entities

    def _write(self, text: str) -> None:
        if text:
            self.out.append(text)
            self.length += utf16(text)

    def _character(self) -> None:
        found = _CHARACTER.match(self.html, self.at)
        decoded = _decoded(found) if found else None
        if found is None or decoded is None:
            self._write("&")
            self.at += 1
        else:
            self._write(decoded)
            self.at = found.end()

    def _start_tag(self) -> None:
        begin = self.at
        name = self._take(_TAG_NAME, begin + 1)
        if self.at >= len(self.html):
            raise self._fault("Unclosed start tag", begin)
        tag = name.lower()
        if tag not in TAGS and tag != "span":
            raise self._fault(f'Unsupported start tag "{tag}"', begin)
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "tg-spoiler":
            raise self._fault('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append((tag, argument, self.length, len(self.out)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._take(_SPACE, self.at)
            if self._next() == ">":
                self.at += 1
                return argument
            if tag == "blockquote" and self.html.startswith(("expandable>", "expandable "), self.at):
                self.at += len("expandable")
                continue
            name = self._take(_ATTRIBUTE_NAME, self.at)
            if not name:
                raise self._fault(f'Empty attribute name in the tag "{tag}"', begin)
            self._take(_SPACE, self.at)
            if self._next() != "=":
                raise self._fault(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
            self._take(_SPACE, self.at + 1)
            if not self._next():
                raise self._fault(f'Unclosed start tag "{tag}"', begin)
            value = self._value(begin)
            if (tag, name) in {("a", "href"), ("span", "class")}:
                argument = value

    def _value(self, begin: int) -> str:
        quote = self._next()
        if quote not in {'"', "'"}:
            start = self.at
            token = self._take(_TOKEN, start)
            if self._next() != ">" and not self._next().isspace():
                raise self._fault("Unexpected end of name token", start)
            return token.lower()
        end = self.html.find(quote, self.at + 1)
        if end < 0 or end + 1 >= len(self.html):
            raise self._fault("Unclosed start tag", begin)
        raw = self.html[self.at + 1 : end]
        self.at = end + 1
        return _CHARACTER.sub(lambda found: _decoded(found) or found.group(), raw)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._fault("Unexpected end tag", begin)
        name = self._take(_TAG_NAME, begin + 2).lower()
        self._take(_SPACE, self.at)
        if self._next() != ">":
            raise self._fault("Unclosed end tag", begin)
        self.at += 1
        tag, argument, offset, written = self.open.pop()
        if name and name != tag:
            raise self._fault("Unmatched end tag", begin, f', expected "</{tag}>", found "</{name}>"')
        kind = "spoiler" if tag == "span" else TAGS[tag]
        if self.length == offset or any(TAGS.get(outer) == kind for outer, *_ in self.open):
            return
        entity: Entity = {"type": kind, "offset": offset, "length": self.length - offset}
        if kind == "text_link":
            url = link(argument or "".join(self.out[written:]))
            if url is None:
                return
            entity["url"] = url
        self.entities.append(entity)

    def _take(self, pattern: re.Pattern[str], start: int) -> str:
        found = pattern.match(self.html, start)
        assert found is not None
        self.at = found.end()
        return found.group()

    def _next(self) -> str:
        return self.html[self.at : self.at + 1]

    def _fault(self, reason: str, at: int, more: str = "") -> ApiError:
        offset = len(self.html[:at].encode(errors="replace"))
        return bad_request(f"can't parse entities: {reason} at byte offset {offset}{more}")


def _decoded(found: re.Match[str]) -> str | None:
    if found[1]:
        return NAMED[found[1]]
    code = int(found[2]) if found[2] else int(found[3], 16)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return None
    return chr(code)

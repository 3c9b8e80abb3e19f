"""HTML becomes text with entities as Telegram makes them; bad HTML is refused with the place where it goes wrong."""

from __future__ import annotations

import pytest


async def send(call, sam, html):
    return await call("sendMessage", chat_id=sam.id, text=html, parse_mode="HTML")


def entity(kind, offset, length, **more):
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b>vet</b> <i>schuin</i>", "vet schuin", [entity("bold", 0, 3), entity("italic", 4, 6)]),
        (
            "<u>a</u><s>b</s><code>c</code>",
            "abc",
            [entity("underline", 0, 1), entity("strikethrough", 1, 1), entity("code", 2, 1)],
        ),
        ("<b>een <i>twee</i></b>", "een twee", [entity("bold", 0, 8), entity("italic", 4, 4)]),
        ("<B>vet</b >", "vet", [entity("bold", 0, 3)]),
        ("&lt;b&gt; &amp; &quot;&#39;&#x21; &euro;", "<b> & \"'! &euro;", None),
        ("👋 <b>🟦 hoi</b>", "👋 🟦 hoi", [entity("bold", 3, 6)]),
        ("  \n<b> vet </b>\n", "vet", [entity("bold", 0, 3)]),
        ('<a href="https://dji.nl">DJI</a>', "DJI", [entity("text_link", 0, 3, url="https://dji.nl/")]),
        ("<a href='https://a.nl/?x=1&amp;y=2'>a</a>", "a", [entity("text_link", 0, 1, url="https://a.nl/?x=1&y=2")]),
        ('<a href="niets hier">a</a>', "a", None),
        (
            "Typ /plan of /mijngegevens.",
            "Typ /plan of /mijngegevens.",
            [entity("bot_command", 4, 5), entity("bot_command", 13, 13)],
        ),
        ("<b></b>leeg", "leeg", None),
        ("مرحبا <b>سام</b>", "مرحبا سام", [entity("bold", 6, 3)]),
    ],
)
async def test_html_becomes_text_and_entities(call, sam, html, text, entities):
    message = (await send(call, sam, html)).result
    assert message["text"] == text
    assert message.get("entities") == entities


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<i    aba>", 'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 0'),
        ("<i    aba  =  ", 'Unclosed start tag "i" at byte offset 0'),
        ("<i aba=190azAz-.,>", "Unexpected end of name token at byte offset 7"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
async def test_bad_html_is_refused_with_the_place(call, sam, html, reason):
    assert (await send(call, sam, html)).refusal == (400, f"Bad Request: can't parse entities: {reason}")
    assert sam.last.text == "/start"


async def test_a_person_can_be_mentioned_by_number(call, sam):
    message = (await send(call, sam, f'Dag <a href="tg://user?id={sam.id}">Sam</a>')).result
    assert message["entities"] == [entity("text_mention", 4, 3, user=sam.person)]


async def test_markdown_is_refused_because_nobody_here_writes_it(call, sam):
    refusal = (await call("sendMessage", chat_id=sam.id, text="*a*", parse_mode="MarkdownV2")).refusal
    assert refusal == (400, "Bad Request: unsupported parse_mode")


async def test_what_a_person_types_has_its_command_marked(call, sam):
    sam.start("aB3_-x")
    message = (await call.updates(offset=-1))[0]["message"]
    assert message["text"] == "/start aB3_-x"
    assert message["entities"] == [entity("bot_command", 0, 6)]

"""Texts that are too long, half a character, or made to look like something else: kept as text, or asked again."""

from __future__ import annotations

import unicodedata
from typing import Any

from bot.errands.overviews.cells import text_cell
from bot.webchat.chat import ChatMessage
from bot.webchat.phone import Phone
from conversations.words.typed import MARKS_AT_MOST
from tests.hostile.scene import CANARY, QUESTION, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()

EMPTY = "Je bericht is leeg."
WRITE = "Typ je bericht aan"
TOO_LONG = "Dat is te lang. Er passen {most} letters in. Maak het korter."
# What could be taken for a part of a program, a query or a template.
TRICKS = (
    "'; DROP TABLE cases; --",
    "{0.__class__}",
    "{helper} {number}",
    "%s %(name)s %n",
    "${x} $(id) `id`",
    "\\u0000",
)


def marked(message: ChatMessage) -> dict[str, set[str]]:
    """Return which words of a message Telegram marks, by kind."""
    units = message.text.encode("utf-16-le")
    found: dict[str, set[str]] = {}
    for entity in message.raw.get("entities", []):
        start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
        found.setdefault(entity["type"], set()).add(units[start:end].decode("utf-16-le"))
    return found


async def kept(scene: Scene) -> list[str]:
    """Return the messages to the worker as they are stored."""
    return [message.text for message in (await scene.house.load(scene.ref)).messages]


async def card(scene: Scene) -> ChatMessage:
    """Open the case on the worker's phone."""
    await scene.house.say(scene.anneke, f"/zaak {scene.ref}")
    scene.seen(scene.anneke)
    last = scene.anneke.last
    assert last is not None
    return last


async def to_own_words(scene: Scene) -> None:
    """Go to where somebody types what they will do themselves."""
    await scene.house.tap(scene.samira, "Geld", "Er staat geen dag in", "Iets anders")
    assert "Wat wil je zelf doen?" in scene.seen(scene.samira)


@hostile(16)
async def texts_that_are_too_long(scene: Scene) -> None:
    samira, house = scene.samira, scene.house
    long = (CANARY * 600)[:4096]
    async with scene.nothing_changes():
        await house.say(samira, long)
        await scene.not_understood(TOO_LONG.format(most=2000), words=False)
        await house.say(samira, "/bericht", long)
        assert scene.seen(samira).startswith(f"{TOO_LONG.format(most=2000)}\n\n{WRITE}")
        await house.say(samira, "/start", f"/bericht {long[:4000]}")
        assert scene.seen(samira).startswith(f"{TOO_LONG.format(most=2000)}\n\n{WRITE}")
        await house.say(samira, "/bericht", long[:2001])
        assert scene.seen(samira).startswith(TOO_LONG.format(most=2000))
    # What just fits is kept, and so is what is shorter the second time.
    await house.say(samira, long[:2000])
    assert await kept(scene) == [long[:2000]]
    await house.say(samira, "/start")
    await to_own_words(scene)
    async with scene.nothing_changes():
        await house.say(samira, long[:301])
        assert scene.seen(samira).startswith(f"{TOO_LONG.format(most=300)}\n\n")
    await house.say(samira, long[:300])
    assert (await house.document(scene.ref))["actions"][-1]["text"] == long[:300]
    # The worker's answer has the same limit.
    await house.tap(scene.anneke, "Laat zien", "Antwoord")
    async with scene.nothing_changes():
        await house.say(scene.anneke, long)
        assert scene.seen(scene.anneke).startswith(TOO_LONG.format(most=2000))
    scene.question = "Je plan" if "Je plan" in scene.seen(samira) else scene.seen(samira)


@hostile(17)
async def a_paste_that_comes_in_parts(scene: Scene) -> None:
    samira, house = scene.samira, scene.house
    await house.say(samira, "/bericht")
    async with scene.nothing_changes():
        samira.say(CANARY * 1400)  # three messages; the last of them would fit
        await house.pump()
        assert scene.seen(samira).startswith(f"{TOO_LONG.format(most=2000)}\n\n{WRITE}")
        samira.say(CANARY * 600)
        await house.app.reception.poll()
        await house.restart()  # the second part is decided by another process
        await house.pump()
    # Who makes it shorter is heard.
    await house.say(samira, f"{CANARY} kort")
    assert await kept(scene) == [f"{CANARY} kort"]
    await house.tap(samira, "Verder")
    await to_own_words(scene)
    async with scene.nothing_changes():
        samira.say(CANARY * 700)
        await house.pump()
        assert scene.seen(samira).startswith(TOO_LONG.format(most=300))
    await house.tap(samira, "Terug")
    scene.question = "Mijn voorstel"


async def people_called(scene: Scene, worker: str, first: str, last: str) -> tuple[Phone, Phone, str]:
    """Return the phones of a worker and a self-reporter of these names, and the reference of their case."""
    house = scene.house
    helper = await house.joined(await house.member(area="Assen", name=worker))
    ref = await house.case(municipality="Assen", first_name=first, last_name=last)
    person = await house.arrived(ref, name="Kanariepiet")
    await house.tap(person, "Alleen ik")
    return helper, person, ref


async def stands_there(scene: Scene, worker: str, first: str, last: str) -> None:
    """See that names stand on both phones as they are, and are nothing but text."""
    helper, person, ref = await people_called(scene, worker, first, last)
    assert f"{worker} van Team" in scene.seen(person)
    await scene.house.tap(person, "Verder", "Ja, hier")
    await scene.house.say(person, f"/bericht {CANARY}")
    await scene.house.say(helper, f"/zaak {ref}")
    assert f"👤 {first} {last}\n" in scene.seen(helper)
    for message in (person.last, helper.last):
        assert set(marked(message)) <= {"bold"}, message.raw
    assert marked(helper.last)["bold"] == {ref, first}


@hostile(18)
async def names_that_look_like_markup(scene: Scene) -> None:
    await stands_there(scene, "<b>Anneke</b> & </a>", "<i>Mila &amp;", "</b><script>&lt;")


@hostile(19)
async def names_that_look_like_a_link_to_somebody(scene: Scene) -> None:
    link = f'<a href="tg://user?id={scene.samira.id}">klik</a>'
    await stands_there(scene, link, link, "[x](tg://user?id=1)")


@hostile(20)
async def texts_that_turn_what_follows(scene: Scene) -> None:
    turned = f"\u202e{CANARY}\u2066 fdp.exe\u202c"
    assert text_cell("\u202eMila\u2066 \u200fVink") == "Mila Vink"  # as an overview brings names in
    await scene.house.say(scene.samira, f"/bericht {turned}", "/bericht أهلا 12")
    shown = (await card(scene)).text
    assert not {"\u202e", "\u202c", "\u2066"} & set(shown)
    assert f"{CANARY} fdp.exe" in shown
    # What does run from right to left stands apart, so that the lines around it keep their order.
    assert "\u2068أهلا 12\u2069" in shown
    assert shown.count("\u2068") == shown.count("\u2069") == 1
    helper, person, _ = await people_called(scene, "\u202eekennA", "ليلى", "Vink")
    assert "\u202e" not in scene.seen(person)
    assert "ekennA van Team" in scene.seen(person)
    assert helper.lock_screen


@hostile(21)
async def texts_that_show_nothing(scene: Scene) -> None:
    nothing = (
        "\u200b\u200c\u200d",
        "\u2060\ufeff",
        "\u3164",
        "\u2800\u2800",
        "\ufe0f",
        "\u0301\u0302",
        "\u115f \u1160",
    )
    await scene.house.say(scene.samira, "/bericht")
    async with scene.nothing_changes():
        for text in nothing:
            await scene.send(scene.samira, text=text)
            assert scene.seen(scene.samira).startswith(EMPTY), repr(text)
    assert text_cell("\u200b\u200d\u2060") is None
    # Where it has a place between letters it stays.
    await scene.send(scene.samira, text=f"{CANARY} 👩\u200d👧")
    assert await kept(scene) == [f"{CANARY} 👩\u200d👧"]


@hostile(22)
async def letters_with_a_tower_of_marks(scene: Scene) -> None:
    def tower(text: str) -> int:
        most = height = 0
        for character in unicodedata.normalize("NFD", text):
            height = height + 1 if unicodedata.combining(character) else 0
            most = max(most, height)
        return most

    zalgo = "".join(f"{letter}{'̴̵̶̷͓̈' * 10}" for letter in CANARY)
    await scene.send(
        scene.samira, text=f"/bericht {zalgo}", entities=[{"type": "bot_command", "offset": 0, "length": 8}]
    )
    assert tower(zalgo) == 60
    assert 0 < tower((await kept(scene))[0]) <= MARKS_AT_MOST + 1
    assert tower((await card(scene)).text) <= MARKS_AT_MOST + 1
    assert tower(str(text_cell(zalgo))) <= MARKS_AT_MOST + 1
    # Two marks on a letter are a letter of Vietnamese.
    await scene.house.say(scene.samira, "/bericht Nguye\u0302\u0303n")
    assert (await kept(scene))[-1] == "Nguyễn"


@hostile(23)
async def a_text_with_a_zero_byte(scene: Scene) -> None:
    await scene.house.say(scene.samira, "/bericht")
    async with scene.nothing_changes():
        for text in (f"{CANARY}\x00", f"\x00{CANARY}", f"a\x00b {CANARY}"):
            await scene.send(scene.samira, text=text)
            assert scene.seen(scene.samira).startswith(EMPTY)
            command = {"type": "bot_command", "offset": 0, "length": 8}
            await scene.send(scene.samira, text=f"/bericht {text}", entities=[command])
            assert scene.seen(scene.samira).startswith(WRITE)
    assert await scene.parked() == 0


@hostile(24)
async def half_a_surrogate_pair(scene: Scene) -> None:
    async def comes_in(number: int, **content: Any) -> None:
        message = scene.raw(scene.samira, 900 + number, **content)
        await scene.house.app.reception.store([{"update_id": 10 + number, "message": message}])
        await scene.house.pump()

    await scene.house.say(scene.samira, "/bericht")
    async with scene.nothing_changes():
        for number, text in enumerate((f"{CANARY}\ud800", f"\udfff{CANARY}", "\ud83d")):
            await comes_in(number, text=text)
            assert scene.seen(scene.samira).startswith(EMPTY), repr(text)
        # Where nobody reads it, it harms nobody.
        broken = scene.samira.person | {"first_name": "\ud800", "language_code": "\udc00"}
        await comes_in(
            5, text="/start", **{"from": broken}, entities=[{"type": "bot_command", "offset": 0, "length": 6}]
        )
        assert QUESTION in scene.seen(scene.samira)
    assert await scene.parked() == 0


@hostile(32)
async def text_that_looks_like_a_query(scene: Scene) -> None:
    await is_only_text(scene, "'; DROP TABLE cases; --")
    await is_only_text(scene, "Robert'); DELETE FROM chat WHERE ('1'='1")
    assert (await scene.house.document(scene.ref))["messages"]["total"] == 2


@hostile(33)
async def text_that_looks_like_a_template(scene: Scene) -> None:
    for text in TRICKS:
        await is_only_text(scene, text)
    await scene.house.say(scene.anneke, "/zoek {0.__class__}%s")
    assert "Gevonden bij “{0.__class__}%s”" in scene.seen(scene.anneke)
    # In one's own words for an action, in the plan, and in the worker's answer too.
    await scene.house.say(scene.samira, "/start")
    await to_own_words(scene)
    await scene.house.say(scene.samira, "{helper} %s ${x}")
    await scene.house.say(scene.samira, "/plan")
    assert "📌 {helper} %s ${x}" in scene.seen(scene.samira)
    scene.question = (await asked(scene)) or scene.question
    shown = await card(scene)
    assert "{helper} %s ${x}" in shown.text
    scene.anneke.reply(shown.message_id, "{who} {words} %s")
    await scene.house.pump()
    await scene.house.tap(scene.samira, "Laat zien")
    assert "{who} {words} %s" in scene.seen(scene.samira)


async def asked(scene: Scene) -> str:
    """Return what Samira is asked now."""
    await scene.house.say(scene.samira, "/start")
    return scene.seen(scene.samira)


async def is_only_text(scene: Scene, text: str) -> None:
    """Send a text to the worker, and see that it arrives as it is."""
    await scene.house.say(scene.samira, "/bericht", text)
    assert f"\n{text}" in scene.seen(scene.samira)
    assert (await kept(scene))[-1] == text
    assert text in (await card(scene)).text


@hostile(34)
async def links_that_nobody_should_tap(scene: Scene) -> None:
    links = [
        "https://kanarie.example/x?y=1&z=2",
        "www.kanarie.nl",
        "(kanarie.nl/inloggen)",
        "tg://resolve?domain=kanarie",
        "t.me/kanarie",
        "piet@kanarie.nl",
        "@kanarie",
        "/zaak",
        "#kanarie",
        "HTTPS://KANARIE.NL",
        "аррӏе.com",
    ]
    said = f"Kijk op {' en '.join(links)} om 10.30 uur, voor 3,50."
    await scene.house.say(scene.samira, f"/bericht {said}")
    shown = await card(scene)
    assert said in shown.text
    # Plain characters: Telegram makes no link of what is marked as code, and looks nothing up.
    assert marked(shown)["code"] == set(links)
    assert set(marked(shown)) <= {"bold", "code", "bot_command"}
    assert shown.raw["link_preview_options"] == {"is_disabled": True}
    # Nor of what somebody plans to do.
    await scene.house.say(scene.samira, "/start")
    await to_own_words(scene)
    await scene.house.say(scene.samira, "inloggen op kanarie.nl/plan")
    shown = await card(scene)
    assert "kanarie.nl/plan" in marked(shown)["code"]
    scene.question = await asked(scene)


@hostile(25)
async def emoji_of_several_signs_where_something_might_be_cut(scene: Scene) -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"
    # A command in front of them, whose place Telegram counts in UTF-16.
    await scene.house.say(scene.samira, f"/bericht {family} {CANARY} {family}")
    assert (await kept(scene))[-1] == f"{family} {CANARY} {family}"
    assert f"{family} {CANARY} {family}" in (await card(scene)).text
    # What is too long is not taken at all: a cut might go through the middle of one.
    await scene.house.say(scene.anneke, f"/zoek {family * 9}")
    assert scene.seen(scene.anneke).startswith("Dat is te lang.")
    await scene.house.say(scene.samira, f"/bericht {family * 300}", "/bericht")
    assert len(await kept(scene)) == 1
    await scene.house.say(scene.anneke, f"/zaak {family * 5}")
    shown = scene.seen(scene.anneke)
    assert shown.count("\u200d") == 3 * shown.count("👦")


@numbered(SCENARIOS)
async def test_a_strange_text_is_text_or_is_asked_again(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)


async def test_long_messages_are_read_a_screen_at_a_time_by_both(scene: Scene) -> None:
    said = [f"{number}. {CANARY * 280}"[:2000] for number in range(1, 8)]
    for text in said:
        await scene.house.say(scene.samira, "/bericht", text)
    assert said[-1] in scene.seen(scene.samira)
    shown = await card(scene)
    assert said[-1] in shown.text
    for phone in (scene.samira, scene.anneke):
        for text in reversed(said[:-1]):
            if text not in scene.seen(phone):
                await scene.house.tap(phone, "Eerdere berichten")
            assert text in scene.seen(phone)
        assert not any("Eerdere berichten" in label for label in phone.last.labels)
    await scene.house.tap(scene.anneke, "Terug")
    assert said[-1] in scene.seen(scene.anneke)
    assert "failed" not in [state for _, state in await outgoing(scene)]


async def outgoing(scene: Scene) -> list[tuple[str, str]]:
    """Return (kind, state) of all that went out."""
    async with scene.house.app.database.read() as connection:
        rows = await connection.exec_driver_sql("SELECT kind, state FROM outbox")
        return [(row.kind, row.state) for row in rows]

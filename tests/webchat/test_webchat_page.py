"""The page in a real browser, by keyboard, with a bot on the other side."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.webchat.letter import Letter
from bot.webchat.server import Server
from storage.clock import SetClock

CHROMIUM = shutil.which("chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

YES = {"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: the page is not tested")


@pytest.fixture
async def server(clock: SetClock) -> AsyncIterator[Server]:
    async def move(moment: datetime) -> None:
        clock.forward_to(moment)

    async with Server(clock=clock, first_update_id=1000, on_clock=move) as server:
        yield server


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
async def echo(call) -> AsyncIterator[None]:
    """A bot that says what it hears, with a button that counts in place."""

    async def run() -> None:
        offset = 0
        while True:
            for update in await call.updates(offset=offset, timeout=50):
                offset = update["update_id"] + 1
                await answer(update)

    async def answer(update) -> None:
        def button(number: int) -> dict:
            return {"inline_keyboard": [[{"text": f"Tel {number}", "callback_data": str(number)}]]}

        if tap := update.get("callback_query"):
            number = int(tap["data"])
            place = {"chat_id": tap["from"]["id"], "message_id": tap["message"]["message_id"]}
            await call("answerCallbackQuery", callback_query_id=tap["id"], text=f"Geteld: {number}")
            await call("editMessageText", **place, text=f"Stand {number}", reply_markup=button(number + 1))
        elif message := update.get("message"):
            said = message.get("text") or message["document"]["file_name"]
            heard = f"{said} (op {message['reply_to_message']['text']})" if "reply_to_message" in message else said
            await call("sendMessage", chat_id=message["chat"]["id"], text=f"Gehoord: {heard}", reply_markup=button(1))

    task = asyncio.create_task(run())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_visitor_opens_the_letter_writes_taps_and_replies_by_keyboard(server, page, echo):
    sam = server.world.phone("Sam", title="Sam, 24 — heeft een brief met een dag")
    sam.letter = Letter("Gemeente Groningen", ("Beste Sam,",), "AbC-1", hint="Scan", code="K7Q2-9XMA-4PTD")
    await page.goto(server.url)
    card = page.get_by_role("region", name="Sam, 24 — heeft een brief met een dag")
    log = card.get_by_role("log", name="Gesprek van Sam met Voorzorg")
    await expect(card.get_by_text("K7Q2-9XMA-4PTD")).to_be_visible()
    await card.get_by_role("button", name="Open de uitnodiging").press("Enter")
    await expect(log).to_contain_text("Gehoord: /start AbC-1")
    await expect(card.get_by_text("K7Q2-9XMA-4PTD")).to_be_hidden()

    # The field has the focus after the letter; Enter sends.
    await expect(card.get_by_label("Bericht van Sam")).to_be_focused()
    await page.keyboard.type("Ik heb <b>geld</b> nodig")
    await page.keyboard.press("Enter")
    await expect(log).to_contain_text("Gehoord: Ik heb <b>geld</b> nodig")
    await expect(card.get_by_label("Bericht van Sam")).to_have_value("")
    await expect(card.locator(".banner")).to_have_text("Voorzorg: Gehoord: Ik heb <b>geld</b> nodig")

    # Back by Tab to the last button of the chat; the tap edits the message, and the focus stays on its new button.
    for _ in range(3):
        await page.keyboard.press("Shift+Tab")
    await expect(log.get_by_role("button", name="Tel 1").last).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(log).to_contain_text("Stand 1")
    await expect(card.get_by_text("Geteld: 1")).to_be_visible()
    await expect(log.get_by_role("button", name="Tel 2")).to_be_focused()
    await page.keyboard.press("Space")
    await expect(log).to_contain_text("Stand 2")
    await expect(card.locator(".banner")).to_contain_text("Gehoord: Ik heb")

    # One step back from the button is the message's own Reply.
    await page.keyboard.press("Shift+Tab")
    await expect(log.get_by_role("button", name="Antwoord op: Stand 2")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(card.get_by_text("Antwoord op: Stand 2", exact=True)).to_be_visible()
    await page.keyboard.type("dit")
    await page.keyboard.press("Enter")
    await expect(log).to_contain_text("Gehoord: dit (op Stand 2)")
    assert await page.locator("b:text-is('geld')").count() == 0


async def test_a_file_goes_to_the_bot_and_one_of_the_bot_is_a_download(server, session, page, echo):
    sam = server.world.phone("Sam")
    sam.start()
    await page.goto(server.url)
    await page.get_by_label("Bestand meesturen").set_input_files(
        {"name": "brief.txt", "mimeType": "text/plain", "buffer": b"beste Sam"}
    )
    await expect(page.get_by_role("log")).to_contain_text("Gehoord: brief.txt")
    assert next(m for m in sam.messages if m.document).document.content == b"beste Sam"
    async with page.expect_download() as download:
        await page.get_by_role("link", name="brief.txt").press("Enter")
    assert (await download.value).suggested_filename == "brief.txt"


async def test_the_clock_is_in_words_and_jumps_to_the_next_morning(server, clock, page):
    server.world.phone("Sam")
    await page.goto(server.url)
    bar = page.get_by_role("region", name="De klok van deze pagina")
    await expect(bar).to_contain_text("dinsdag 24 november 2026 10:00 uur")
    await bar.get_by_role("button", name="Volgende ochtend").press("Enter")
    await expect(bar).to_contain_text("woensdag 25 november 2026 10:00 uur")
    assert clock.now() == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


async def test_on_a_small_screen_one_phone_shows_at_a_time_and_the_others_say_that_there_is_news(server, call, page):
    sam, lea = server.world.phone("Sam"), server.world.phone("Lea")
    sam.start()
    lea.start()
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(server.url)
    await expect(page.get_by_role("tabpanel", name="Sam")).to_be_visible()
    await expect(page.get_by_role("tabpanel", name="Lea")).to_be_hidden()
    await call("sendMessage", chat_id=lea.id, text="مرحبا ليا")
    await expect(page.get_by_role("tab", name="Lea")).to_have_attribute("data-news", "nieuw")
    await page.get_by_role("tab", name="Sam").press("ArrowRight")
    await expect(page.get_by_role("tabpanel", name="Lea")).to_contain_text("مرحبا ليا")
    await expect(page.get_by_role("tabpanel", name="Sam")).to_be_hidden()
    assert await page.get_by_text("مرحبا ليا").last.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_what_the_bot_takes_away_leaves_the_page_and_the_rest_stays_in_order(server, call, page):
    sam = server.world.phone("Sam")
    sam.start()
    typed = sam.say("1990")
    await call("sendMessage", chat_id=sam.id, text="Het klopt")
    await page.goto(server.url)
    log = page.get_by_role("log")
    await expect(log.locator(".words")).to_have_text(["/start", "1990", "Het klopt"])
    await call("deleteMessage", chat_id=sam.id, message_id=typed)
    await expect(log.locator(".words")).to_have_text(["/start", "Het klopt"])


async def test_everything_that_can_be_pressed_has_a_name(server, call, page):
    sam = server.world.phone("Sam")
    sam.start()
    await call("setMyCommands", commands=[{"command": "plan", "description": "Mijn plan"}])
    await call(
        "sendMessage",
        chat_id=sam.id,
        text="Typ /plan",
        reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]},
    )
    await page.goto(server.url)
    await expect(page.get_by_role("button", name="Ja")).to_be_visible()
    await page.locator(".menu summary").click()
    tree = await page.locator("body").aria_snapshot()
    assert '- heading "Voorzorg" [level=1]' in tree
    for role in ("button", "link", "textbox"):
        for element in await page.get_by_role(role).all():
            snapshot = await element.aria_snapshot()
            assert '"' in snapshot, f"{role} without a name: {await element.evaluate('e => e.outerHTML')}"
    assert await page.get_by_role("button", name="/plan Mijn plan").count() == 1

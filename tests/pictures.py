"""`make pictures`: the demo in a real browser, used as its visitors use it, photographed along the way."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, async_playwright, expect

from bot import logs
from bot.cli.demo import Demo

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
START = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@asynccontextmanager
async def demo_page(width: int = 1360, height: int = 920) -> Any:
    """The demo on a free port, and its page in headless Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        shown = Demo(Path(folder), 0, START)
        async with shown.server, async_playwright() as playwright:
            running = asyncio.create_task(shown.serve())
            browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            page = await browser.new_page(viewport={"width": width, "height": height})
            try:
                yield shown, page
            finally:
                await browser.close()
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)


def phone(page: Page, name: str) -> Locator:
    """Return somebody's phone on the page."""
    return page.get_by_role("region", name=name)


async def tap(there: Locator, *labels: str) -> None:
    """Tap buttons one after the other, each as soon as it stands there."""
    for label in labels:
        await there.get_by_role("button", name=label).last.click()


async def say(there: Locator, text: str) -> None:
    """Type into the text field, and Enter."""
    field = there.get_by_role("textbox")
    await field.fill(text)
    await field.press("Enter")


async def picture(page: Page, name: str) -> None:
    """Keep a picture of the page."""
    await page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", full_page=True)
    print(f"docs/pictures/{name}.png")


async def journey(page: Page) -> None:
    """From the letter to a reminder and a worker's answer."""
    sam, worker = phone(page, "Sam"), phone(page, "Anneke")
    await picture(page, "1-letters")
    await tap(sam, "Open de uitnodiging")
    await expect(sam).to_contain_text("In welk jaar ben je geboren?")
    await say(sam, "2002")
    await tap(sam, "Alleen ik", "Verder")
    await expect(sam).to_contain_text("Wie ziet je antwoorden?")
    await picture(page, "2-who-reads")
    await tap(sam, "Ja, hier", "De dag", "Ja, met een dag")
    await expect(sam).to_contain_text("Welke dag staat in de brief?")
    await say(sam, "15 december")
    await tap(sam, "Ja, dat klopt")
    await expect(sam).to_contain_text("vraag 3 van 9")
    await picture(page, "3-question")
    await tap(sam, "Het is een oud adres")
    await expect(sam).to_contain_text("Mijn voorstel")
    await picture(page, "4-proposal")
    await tap(sam, "Ja, dit doe ik", "Ja, dat weet ik", "Ja, het lukt", "Ja, dit doe ik", "Iemand brengt me")
    await tap(sam, "✅ Nee", "✅ Ja", "✋ Nee")
    await expect(sam).to_contain_text("Je plan")
    await picture(page, "5-plan")
    await tap(sam, "Ik wil iemand spreken")
    await expect(worker).to_contain_text("Hulpvraag")
    await picture(page, "6-worker-is-told")
    await tap(worker, "Laat zien", "✍️ Antwoord")
    await expect(worker).to_contain_text("Typ je antwoord")
    await say(worker, "Dag Sam, ik bel je vanmiddag.")
    await expect(sam).to_contain_text("Er is een bericht voor je.")
    await tap(sam, "Laat zien")
    await expect(sam).to_contain_text("ik bel je vanmiddag")
    await picture(page, "7-answer")
    await page.get_by_role("button", name="Volgende week").click()
    await expect(sam).to_contain_text("Je hebt een herinnering.")
    await tap(sam, "Laat zien")
    await expect(sam).to_contain_text("Hoe gaat het ermee?")
    await picture(page, "8-reminder")


async def main() -> int:
    """Make all pictures."""
    logs.set_up("ERROR")
    if shutil.which("chromium") is None:
        print("Pictures need Debian's chromium: apt-get install chromium.", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with demo_page() as (shown, page):
        await page.goto(shown.server.url)
        await expect(phone(page, "Anneke")).to_contain_text("zaken wachten")
        await journey(page)
    async with demo_page(390, 844) as (shown, page):
        await page.goto(shown.server.url)
        await page.get_by_role("button", name="Open de uitnodiging").first.click()
        await expect(page.get_by_role("log").first).to_contain_text("In welk jaar ben je geboren?")
        await picture(page, "9-small-screen")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

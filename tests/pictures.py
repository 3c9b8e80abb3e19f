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

import pypdfium2
from playwright.async_api import Locator, Page, async_playwright, expect

from bot import logs
from bot.cli.demo import Demo

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
START = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@asynccontextmanager
async def demo_page(width: int = 1430, height: int = 920) -> Any:
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


async def papers(shown: Demo, sam: Locator) -> None:
    """The plan on paper and the card for the fridge, as a printer would have them."""
    for label, file_name, name in (
        ("Een blad om te printen", "plan.pdf", "12-plan-on-paper"),
        ("Een kaart voor de koelkast", "kaart.pdf", "13-card-for-the-fridge"),
    ):
        await tap(sam, "Op papier", label)
        await expect(sam).to_contain_text(file_name)
        file = next(one for one in shown.server.world.files.values() if one.name == file_name)
        pypdfium2.PdfDocument(file.content)[0].render(scale=1.2).to_pil().save(PICTURES / f"{name}.png")
        print(f"docs/pictures/{name}.png")


async def figures(page: Page) -> None:
    """A coordinator's phone with the figures of the year, and their picture."""
    coby = phone(page, "Coby")
    await say(coby, "/monitor")
    await expect(coby).to_contain_text("Plan akkoord")
    await tap(coby, "Plaatje")
    await expect(coby.locator("img").last).to_be_visible(timeout=30_000)
    await page.wait_for_timeout(1_000)
    await coby.screenshot(path=PICTURES / "14-coordinator.png", animations="disabled")
    print("docs/pictures/14-coordinator.png")


async def journey(shown: Demo, page: Page) -> None:
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
    await expect(sam).to_contain_text("Weet je naar welke gevangenis je gaat?")
    await picture(page, "3-question")
    await tap(sam, "Ja, dat weet ik", "Ja, het lukt")
    await expect(sam).to_contain_text("Mijn voorstel")
    await picture(page, "4-proposal")
    await tap(sam, "Ja, dit doe ik")
    await expect(sam).to_contain_text("Hoe kom je aan geld?")
    await say(sam, "/plan")
    await expect(sam).to_contain_text("Je plan")
    await picture(page, "5-plan")
    await papers(shown, sam)
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
    await expect(sam).to_contain_text("Je hebt een belangrijk bericht.")
    await tap(sam, "Laat zien")
    await expect(sam).to_contain_text("Nog 14 dagen.")
    await picture(page, "8-reminder")


async def working_day(page: Page) -> None:
    """A worker opens what is urgent, and sees why it stands and what to do."""
    worker = phone(page, "Anneke")
    await tap(worker, "1")
    await expect(worker).to_contain_text("Heeft een brief om het huis te verlaten.")
    await picture(page, "10-worker-case")
    await tap(worker, "🚩 Signalen", "1")
    await expect(worker).to_contain_text("Juridisch Loket helpt gratis.")
    await picture(page, "11-what-to-do")
    await tap(worker, "👁 Ik heb het gezien")
    await say(worker, "/vandaag")


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
        await journey(shown, page)
    async with demo_page() as (shown, page):
        await page.goto(shown.server.url)
        await expect(phone(page, "Anneke")).to_contain_text("zaken wachten")
        await working_day(page)
    async with demo_page(1900, 1500) as (shown, page):
        await page.goto(shown.server.url)
        await figures(page)
    async with demo_page(390, 844) as (shown, page):
        await page.goto(shown.server.url)
        await page.get_by_role("button", name="Open de uitnodiging").first.click()
        await expect(page.get_by_role("log").first).to_contain_text("In welk jaar ben je geboren?")
        await picture(page, "9-small-screen")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

"""What stands around the questions: the menu, rest and times, stopping, one's own data, and who looked."""

from __future__ import annotations

from datetime import time, timedelta

import pypdfium2

from bot.webchat.phone import Phone
from tests.house import House, on_both

ARRIVED = ("Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in")


async def begun(house: House) -> tuple[Phone, str]:
    """Return the phone and case of somebody who has a plan."""
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, *ARRIVED)
    await house.say(mila, "/plan")
    return mila, ref


async def test_the_menu_offers_four_ways_and_a_letter_first_while_there_is_no_day(house: House) -> None:
    anneke = await house.joined(await house.member())
    mila, ref = await begun(house)
    await house.tap(mila, "Menu")
    assert mila.last.labels == [
        "📬 Ik heb een brief met een dag",
        "📋 Mijn plan",
        "❓ Vragen",
        "💬 Berichten",
        "⚙️ Meer",
        "🙋 Ik wil iemand spreken",
    ]
    await house.tap(mila, "Meer", "Mijn nummer of adres is anders")
    await house.say(mila, "06 12345678, bij mijn zus")
    assert "Anneke heeft het." in mila.last.text
    assert anneke.lock_screen[-1] == f"💬 Bericht · {ref}"
    await house.tap(anneke, "Laat zien")
    assert "☎️ heeft een ander nummer of adres:\n06 12345678, bij mijn zus" in anneke.last.text
    await house.say(mila, "/plan")
    await house.tap(mila, "Menu", "Ik heb een brief met een dag")
    assert "Heb je een brief met een dag?" in mila.last.text


@on_both
async def test_a_week_of_rest_and_an_hour_of_ones_own(house: House) -> None:
    mila, ref = await begun(house)
    await house.say(mila, "/pauze")
    assert "om 10:00. Dat is de tijd in Nederland." in mila.last.text
    await house.tap(mila, "Een week rust")
    assert (await house.load(ref)).preferences.paused_until == house.today + timedelta(days=7)
    await house.say(mila, "/pause")
    await house.tap(mila, "Schrijf me weer", "Andere tijd", "In de avond", "18:00")
    wishes = (await house.load(ref)).preferences
    assert (wishes.hour, wishes.quiet_from, wishes.quiet_until, wishes.paused_until) == (
        time(18),
        time(20),
        time(17),
        None,
    )
    assert "om 18:00. Dat is de tijd in Nederland. 🌆 In de avond" in mila.last.text


async def test_reminders_that_are_planned_move_to_the_hour_that_was_chosen(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in", "Ja, dit doe ik")
    await house.say(mila, "/pauze")
    await house.tap(mila, "Andere tijd", "In de middag", "14:00")
    planned = [r for r in (await house.load(ref)).reminders if r.state == "planned" and r.action_id]
    assert planned
    assert {r.at for r in planned} == {time(14)}


async def test_stopping_says_what_it_means_and_one_tap_begins_again(house: House) -> None:
    mila, _ = await begun(house)
    await house.say(mila, "/stop")
    assert "Wil je hier stoppen?" in mila.last.text
    assert "🗑 Wis alles" in mila.last.labels
    await house.tap(mila, "Stoppen")
    assert "Je bent gestopt" in mila.last.text
    await house.tap(mila, "Weer beginnen")
    assert "Je bent gestopt" not in mila.last.text
    await house.say(mila, "/stop")
    await house.tap(mila, "Wis alles", "Ja, wis alles")
    assert "Je antwoorden, je plan en je berichten zijn gewist." in mila.last.text


async def test_who_stopped_hears_nothing_until_they_turn_to_us(house: House) -> None:
    anneke = await house.joined(await house.member())
    mila, ref = await begun(house)
    await house.say(mila, "/stop")
    await house.tap(mila, "Stoppen")
    house.clock.forward(hours=1)
    mila.lock_screen.clear()
    await house.tap(anneke, "Laat zien")
    await house.say(anneke, f"/bericht {ref} Hoe gaat het met je?")
    assert "Bewaard. In de chat wordt dit nu niet gezien: bel ook." in anneke.last.text
    assert mila.lock_screen == []
    for command in ("/vragen", "/plan", "/pauze"):
        await house.say(mila, command)
        assert "Je bent gestopt." in mila.last.text, command
    await house.say(mila, "/bericht Kun je mij bellen?")
    assert "Hoe gaat het met je?" in mila.last.text
    house.clock.forward(hours=1)
    await house.say(anneke, f"/bericht {ref} Ja, om twee uur")
    assert "Je antwoord is onderweg." in anneke.last.text
    assert mila.lock_screen[-1:] == ["Er is een bericht voor je."]


async def test_before_the_yes_no_command_leads_around_it(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    for step, text in (("Alleen ik", "Ik ben een computer."), ("Verder", "Wie ziet je antwoorden?")):
        await house.tap(mila, step)
        for command in ("/vragen", "/plan", "/pauze"):
            await house.say(mila, command)
            assert text in mila.last.text, command
    assert (await house.load(ref)).answers == {}
    await house.say(mila, "/mijngegevens")
    assert "Ik maak een bestand" in mila.last.text
    await house.tap(mila, "Nee, ga verder", "Ja, hier")
    assert "Waar denk je nu het meest aan?" in mila.last.text


async def test_who_looked_stands_there_with_name_and_day(house: House) -> None:
    anneke = await house.joined(await house.member())
    mila, ref = await begun(house)
    await house.say(mila, "/wiekeek")
    assert "👤" not in mila.last.text
    assert "📱 Jij kwam binnen met een telefoon · dinsdag 24 november, 10:00" in mila.last.text
    await house.say(anneke, f"/zaak {ref}", "/vandaag", f"/zaak {ref}")
    await house.say(mila, "/wiekeek")
    assert mila.last.text.count("👤 Anneke · dinsdag 24 november, 10:00") == 1


async def test_all_that_is_kept_comes_as_a_file_that_can_be_read(house: House) -> None:
    anneke = await house.joined(await house.member())
    mila, ref = await begun(house)
    await house.say(mila, "/bericht Ik ben <bang> voor de post")
    await house.say(anneke, f"/notitie {ref} Belt liever in de ochtend")
    await house.say(mila, "/mijngegevens")
    assert "Wie je telefoon heeft, kan het openen." in mila.last.text
    await house.tap(mila, "Ja, stuur het")
    sent = [m for m in mila.messages if not m.mine and m.raw.get("document")]
    assert [m.raw["document"]["file_name"] for m in sent] == ["overzicht.pdf"]
    pdf = pypdfium2.PdfDocument(house.world.files[sent[0].raw["document"]["file_id"]].content)
    read = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    for part in (
        "Samira Kloosterboer",
        "1999",
        ref,
        "Waar denk je nu het meest aan?",
        "Geld",
        "Er staat geen dag in",
        "Jij: Ik ben <bang> voor de post",
        "Belt liever in de ochtend",
        "Anneke ·",
        "deze chat: ja",
    ):
        assert part in read, part

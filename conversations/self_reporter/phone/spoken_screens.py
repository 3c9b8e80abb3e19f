"""Spoken screens: the words of each, as they stand in the catalogue, and its buttons.

tests/content/test_spoken.py holds every one against the screen that it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass

# A text of the code, or one of the content: (id, text).
Line = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text that can be recorded: what it says, and what can be tapped."""

    id: str
    lines: tuple[Line, ...]
    choices: tuple[Line, ...] = ()


def of_screen(name: str, *lines: str, choices: tuple[str, ...] = ()) -> Spoken:
    """Return what a screen says."""
    return Spoken(f"screen.{name}", lines, choices)


_TIME = "The time stands in your letter."
_BRING = (
    *("Take with you:", "the letter with the day", "your passport, ID card or driving licence"),
    *("the list of your medicines", "a paper with telephone numbers"),
    "🏠 Leave at home: telephone, drink and drugs.",
    "Are you in time? Then you usually start with more activities. Do you stay away? The police can fetch "
    "you, and a benefit stops.",
)
_LATER = (
    "Good that you say it. {helper} gets a sign on {day} at {time}.\n\nYou can call then too:\n{number}",
    "To talk now, day and night: {suicide} or {suicide_free}.",
)
GO_ON, _BACK, _PLAN = "▶️ Go on", "⬅️ Back", "📋 My plan"

# The screens, by the place that shows them or, where a place has several, by what they say.
SCREENS = (
    # The beginning.
    of_screen(
        "intro",
        "I am a computer. I help you to arrange things.\n\n"
        "You have a sentence. The sentence stays the same. Together we take care of the rest: "
        "your home, your money, your people. You choose what we do.",
        choices=(GO_ON,),
    ),
    of_screen(
        "call",
        "Good. Call {helper}:\n{number}\n\n{helper} gets a message about this. Here I stay silent now.",
        choices=("▶️ Go on here after all",),
    ),
    of_screen(
        "stopped",
        "You have stopped. You get no messages from me.\n\nYou still get help: {number}\n\n"
        "Do you want to begin again? Tap on the button.",
        choices=("▶️ Begin again",),
    ),
    of_screen(
        "other_letter",
        "✉️ This is the code of a letter.\n\nThis chat is yours already. Is the new letter for you too?",
        choices=("✅ Yes, for me", "👤 No, for somebody else"),
    ),
    of_screen("other_year", "In which year were you born? Type 4 digits. Example: 1990.", choices=(_BACK,)),
    of_screen(
        "other_asked",
        "✅ That is right.\n\nA human looks at it first, and calls you. Then we go on here.\n\n"
        "You can call too: 📞 {telephone} ({days}).",
        choices=(GO_ON,),
    ),
    # The questions and the plan.
    of_screen("confirm_date", "Is it this day?\n\n📅 {day}", choices=("✅ Yes, that is right", "✏️ No, another day")),
    of_screen(
        "proposal",
        "What do you choose?",
        choices=(
            *("👍 Yes, I do this", "🤝 Together with {helper}", "🙌 You do this for me"),
            *("📅 Another day", "✏️ Something else", "👎 No"),
        ),
    ),
    of_screen(
        "proposal_for_you",
        "What do you choose?",
        choices=("👍 Yes, please", "📅 Another day", "✏️ Something else", "👎 No"),
    ),
    of_screen("settled", "✅ This is settled.", choices=(GO_ON,)),
    of_screen("other_day", "Which day suits you? You can type a day too. Example: {day}."),
    of_screen("own", "What do you want to do yourself? Type it in one sentence.", choices=(_BACK,)),
    of_screen("plan", "📋 Your plan"),
    of_screen("plan_empty", "📋 Your plan", "You have nothing to do now."),
    of_screen(
        "deed",
        choices=(
            *("✅ Done", "⬆️ This first", "📅 Another day", "✏️ Change it"),
            *("🙌 You do this for me", "🗑 Take it away", _PLAN),
        ),
    ),
    of_screen("wish_new", "What do you want to arrange? Type it in one sentence.", choices=(_PLAN,)),
    of_screen(
        "share",
        "{prison} can do this for you:\n\n📌 {action}\n\n"
        "Then somebody there reads this sentence, your name and your day. "
        "They see who helps you, and in which municipality. Nothing else.\n\n"
        "May {prison} read it? You can always take it back.",
        choices=("👍 Yes, it may", "👎 No", "💬 First talk about it"),
    ),
    of_screen(
        "papers",
        "What do you want? It comes as a file in this chat. Who has your phone can open it.",
        choices=("📄 A page to print", "🧊 A card for the fridge", "🗓 In my calendar", _PLAN),
    ),
    of_screen("done_today", "Done for today. Well done.", "{helper} can read this on working days."),
    of_screen("what_first", "What do you do first?", choices=("🤷 I see later",)),
    of_screen("sit_later", "On which day do we go on?", choices=(_BACK,)),
    of_screen(
        "sitting",
        "Good that you are here. Shall we go on with the questions?",
        choices=(GO_ON, "📅 Another day"),
    ),
    of_screen(
        "check_in",
        "We spoke some time ago. Has anything changed since then?",
        choices=("🔄 Yes, ask me again", "✅ All is the same"),
    ),
    *(
        of_screen(f"look_back_{asked}", text, choices=("➡️ Skip this question",))
        for asked, text in (
            ("helped", "💬 What helped you? Type it in your own words."),
            ("missed", "💬 What did you miss? Type it in your own words."),
            ("who", "💬 Who helped you? Type it in your own words."),
        )
    ),
    of_screen(
        "look_back_story",
        "May {helper} share your answers with colleagues, and leave your name out?",
        choices=("👍 Yes, that is fine", "👎 No, keep it here"),
    ),
    of_screen(
        "still_needed",
        "Your answer is another one now. This still stands in your plan:\n\n📌 {action}\n\nDo you still need it?",
        choices=("👍 Yes, let it stand", "✅ It is done already", "🗑 Take it away"),
    ),
    of_screen(
        "still_needed_of_us",
        "Your answer is another one now. This still stands in your plan:\n\n📌 {action}\n\nDo you still need it?",
        choices=("👍 Yes, let it stand", "🗑 Take it away"),
    ),
    of_screen(
        "day_stands",
        "📅 You said before: {day}. That day stands.\n\n{helper} hears it and finds out what is right.",
        choices=("✏️ It is another day", GO_ON),
    ),
    # What a message opens.
    of_screen("reminder", "How is it going?", choices=("✅ Done", "⏳ Not yet", "🙋 I need help", "🕑 Later")),
    of_screen(
        "still_right",
        "This is still open. That happens to many people. Does it still fit you?",
        choices=(
            *("👍 Yes, on another day", "✏️ I do it in another way"),
            *("🙌 You do this for me", "🗑 Take it away"),
        ),
    ),
    of_screen("later", "When may I ask again?", choices=("📅 Tomorrow", "📅 Another day")),
    of_screen(
        "stuck",
        "Good that you say it. Call {helper} now:\n{number}\n\nTogether you look for a way.",
        choices=("✍️ Write a message", GO_ON),
    ),
    of_screen("stuck_later", *_LATER, choices=("✍️ Write a message", GO_ON)),
    of_screen("letter_stands", "The day in your letter stands."),
    of_screen(
        "reporting",
        *_BRING,
        "🕘 You must be there at {time}.",
        choices=(_PLAN, "✉️ Another time in the letter", "😟 It is hard for me", GO_ON),
    ),
    of_screen(
        "report_when",
        *_BRING,
        "What time must you be there? Look in your letter.",
        choices=("✏️ Another time", "😟 It is hard for me", GO_ON),
    ),
    of_screen("report_other", "What time must you be there? Type it. Example: 9:30.", choices=(_BACK,)),
    of_screen("reporting_eve", "Tomorrow is the day.", _TIME, *_BRING),
    of_screen("reporting_eve_hour", "Tomorrow is the day.", *_BRING),
    of_screen("reporting_today", "Today is the day.", _TIME, *_BRING),
    of_screen("reporting_today_hour", "Today is the day.", *_BRING),
    of_screen("leave_when", "What time do you leave?", choices=("✏️ Another time", "😟 It is hard for me")),
    of_screen(
        "leave_late",
        "You must be there at {hour}. Then you come too late. What time do you leave?",
        choices=("🕗 Yet at {time}", "✏️ Another time", "✉️ Another time in the letter"),
    ),
    of_screen("leave_eve", "After that I am silent until you are back. All the best tomorrow."),
    of_screen("leave_today", "From now on I am silent until you are back. All the best."),
    of_screen(
        "leave_now",
        "🕗 You wanted to leave at {time}. Go now.",
        "From now on I am silent until you are back. All the best.",
        choices=(GO_ON,),
    ),
    of_screen("leave_other", "What time do you leave? Type it. Example: 7:30.", choices=(_BACK,)),
    of_screen("silent", "I am silent until you are home again.", choices=("🏠 I am home",)),
    of_screen("day_changed", "📅 Your day is {day}.", "This day stands in your letter."),
    of_screen("day_withdrawn", "📭 There is no day now. A new letter comes.", "Your plan stays."),
    of_screen(
        "list_moved",
        "The list has changed.\n\n📅 The day in your letter stands.\n\nYour helper finds out what is right.",
        choices=(GO_ON,),
    ),
    of_screen(
        "perhaps_free",
        "🏠 Are you home again?",
        choices=("✅ Yes, I am home", "🕐 That comes later", "👥 I am somebody else"),
    ),
    of_screen(
        "perhaps_out",
        "Good that you are here. Are you free now?",
        choices=("🔓 I am free", "🕐 I am home for a while"),
    ),
    of_screen(
        "perhaps_day",
        "On which day are you free? Type the day. Example: {day}.",
        choices=("🤷 I do not know",),
    ),
    of_screen(
        "perhaps_quiet",
        "✅ Good. I ask again later. Are you free before that? Tap on the button.\n\nYou can call too: {number}",
        choices=("🔓 I am free", _PLAN),
    ),
    of_screen("perhaps_else", "🙏 Thank you. Then I am silent now.", choices=(GO_ON,)),
    of_screen(
        "home_check",
        "You are home again for a while now. How is it going?",
        choices=("😀 It goes well", "🔄 Ask me questions"),
    ),
    of_screen(
        "closed",
        "📁 Your help here is closed. Nobody reads this chat any more.\n\n"
        "Do you need help, or do you have a new letter? Call:\n{number}\n\n"
        "What you said here stays kept. You can read it. You can erase it.",
        choices=("📄 My data", "👁 Who looked", "🗑 Erase everything"),
    ),
    of_screen("home_again", "🏠 Good that you are here.", "How is it now?", choices=("🔓 I am free",)),
    of_screen(
        "free",
        "🔓 Welcome back. {helper} hears that you are free. Your plan for now is ready.",
        "⚠️ Stopped with drugs for a while? Your body can take much less now. Be together with somebody. "
        "Somebody does not wake up, or breathes badly: call {emergency}.",
        choices=(_PLAN, GO_ON),
    ),
    # From the hour on.
    of_screen(
        "how_it_went",
        "It is {day}, {time}. How did it go?",
        "Are you doing badly? Call {suicide}, day and night.",
        choices=("🏢 I am there", "⏰ I am late", "🏠 I am still at home", "📅 It is another day"),
    ),
    of_screen(
        "day_there",
        "Good that you are there. Say at the door: “I come to report.”\n\n{sign}\n\n"
        "I am silent until you are back. Is there something wrong? Call the prison: {call_prison}\nOr: {number}",
        choices=("✍️ Write a message", _BACK),
    ),
    of_screen(
        "day_late",
        "Go all the same. Late is better than staying away.\n\n"
        "Call the prison: {call_prison}\nSay: “I come today. I am on my way.”\n\n{sign} You can call too: {number}",
        choices=("✍️ Write a message", _BACK),
    ),
    of_screen(
        "day_home",
        "Good that you say it. You can still choose.\n\n"
        "Call {helper} now: {number}\nSay: “I am still at home. What can I do now?”\n"
        "Together you see what is possible.\n\n"
        "The police can fetch you. Social assistance stops while you stay away.",
        choices=("✍️ Write a message", _BACK),
    ),
    of_screen("day_hour", "What time must you be there? Type it. Example: 9:30.", choices=(_BACK,)),
    of_screen(
        "missed_day",
        "Your day is over. You were not there yet.\n\nYou can still choose. Call {helper}:\n{number}\n\n"
        "Together you look at what is possible now. The sooner you call, the more is possible.",
        choices=("✍️ Write a message", GO_ON),
    ),
    of_screen(
        "paused",
        "Good that you are here again.\n\n"
        "My messages did not reach you. I have stopped them. Do you want them again?\n\n"
        "You can call too: {number}",
        choices=(GO_ON,),
    ),
    # The menu, and what stands around the questions.
    of_screen(
        "help",
        "❓ How it works\n"
        "👉 Tap on a button. That is your answer.\n"
        "✏️ Another answer? Tap on ⬅️ Back.\n"
        "💬 You take a message out of this chat? Your answer stands.\n"
        "🙈 Somebody looks along? Type /hide.\n"
        "🗑 Erase everything? Type /erase.",
    ),
    of_screen("menu", "☰ What do you want to do?", choices=(_PLAN, "❓ Questions", "💬 Messages", "⚙️ More")),
    of_screen(
        "more",
        "⚙️ What do you want to change?",
        choices=(
            *("☎️ My number or address is another", "🗂 My answers", "⏸ Rest and times", "🔒 PIN"),
            *("📱 Who uses this phone", "📄 My data"),
            *("👁 Who looked", "🙈 Hide this", "🚪 Stop", _BACK),
        ),
    ),
    of_screen(
        "whose_phone",
        "Does somebody else use this phone too?",
        choices=("📱 Only me", "👥 Yes, somebody else too", "🤷 I do not know", _BACK),
    ),
    of_screen("reach", "☎️ What is your new number or address? Type it in one message. {helper} gets it."),
    of_screen(
        "reached",
        "✅ {helper} has it. Do you live somewhere else now? Pass it on to the municipality too.\n\nWith "
        "questions, call {helper}: {number}",
    ),
    of_screen(
        "human",
        "Good that you ask.\n\nI gave {helper} a sign. You can call now too:\n{number}\n\n"
        "Is it an emergency? Call 112.",
        choices=("✍️ Write a message", GO_ON),
    ),
    of_screen("human_later", *_LATER, "Is it an emergency? Call 112.", choices=("✍️ Write a message", GO_ON)),
    of_screen("write", "Type your message to {helper}. Send it as one message.", choices=(_BACK,)),
    of_screen("overview", "🗂 Your answers. Tap on a part."),
    of_screen(
        "times",
        "Do you want rest? Then I am silent for a week.",
        choices=("⏸ A week of rest", "🕙 Another time", GO_ON),
    ),
    of_screen(
        "times_resting",
        "⏸ I am silent until {day}. Only about the day in your letter I still write.",
        choices=("▶️ Write to me again", "🕙 Another time", GO_ON),
    ),
    of_screen(
        "part",
        "When may I write to you?",
        choices=("🌤 The whole day", "🌅 In the morning", "☀️ In the afternoon", "🌆 In the evening", _BACK),
    ),
    of_screen("hour", "At what time? It is Dutch time.", choices=(_BACK,)),
    of_screen(
        "pin_menu",
        "🔒 You have a PIN. What do you want?",
        choices=("🔒 Another PIN", "🔓 No PIN any more", _BACK),
    ),
    of_screen("pin_new", "🔒 Choose 4 digits. Tap them."),
    of_screen("pin_again", "🔒 Once more, please. Tap the same 4 digits."),
    of_screen(
        "my_data",
        "📄 I make a file with everything that I keep about you.\n\n"
        "It comes in this chat. Who has your phone can open it. Telegram has a copy too.\n\n"
        "Would you rather have it on paper? Call {number}",
        choices=("📄 Yes, send it", "⬅️ No, go on"),
    ),
    of_screen(
        "stop",
        "Do you want to stop here?\n\n"
        "🔕 Then I send you nothing any more.\n"
        "💾 Your answers stay. Erasing can too.\n"
        "↩️ You can begin again with one tap.\n\n"
        "You still get help: {number}",
        choices=("🚪 Stop", "🗑 Erase everything", "▶️ Go on here"),
    ),
    of_screen(
        "erase",
        "Do you want to erase everything?\n\n"
        "🗑 Your answers, your plan and your messages go. I can bring nothing back.\n"
        "📱 Delete this chat yourself too: Telegram has a copy.\n"
        "🏛 What {helper} wrote down for the municipality stays there.\n\n"
        "You still get help: {number}",
        choices=("🗑 Yes, erase everything", "⬅️ No, keep it"),
    ),
)

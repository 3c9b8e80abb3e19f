"""Words that are watched: negations, hard ones with their plain one, forbidden ones, and the counted exceptions."""

from __future__ import annotations

import re

NEGATION = {
    "nl": re.compile(r"\b(niet|geen|nooit|niemand|niets|niks|nergens|noch)\b", re.IGNORECASE),
    "en": re.compile(
        r"\b(not|no|never|nobody|nothing|nowhere|none|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
    ),
}
# An answer may begin with a no: that is what it says.
NO = re.compile(r"^\W*(No|Nee)\b,?")
# safety.md G3.5 and domain.md section 2, "Never on the phone".
NEVER = {
    "nl": re.compile(r"zelfmelder|casemanager|detentie|kostendelersnorm|risico|niveau|reclasser", re.IGNORECASE),
    "en": re.compile(r"self-?reporter|case ?manager|detention|\brisks?\b|\blevel\b|probation", re.IGNORECASE),
}
# Hard words, each with the plain one that is used instead.
HARD = {
    "aanleveren": "geven",
    "alsmede": "en",
    "alvorens": "voor",
    "betreffende": "over",
    "conform": "volgens",
    "derhalve": "dus",
    "desbetreffende": "deze",
    "dienen te": "moeten",
    "echter": "maar",
    "eventueel": "misschien",
    "gedurende": "tijdens",
    "hanteren": "gebruiken",
    "hieromtrent": "hierover",
    "indien": "als",
    "inzake": "over",
    "kenbaar": "zeggen",
    "met betrekking tot": "over",
    "middels": "met",
    "momenteel": "nu",
    "omtrent": "over",
    "ontvangen": "krijgen",
    "reeds": "al",
    "tenuitvoerlegging": "straf",
    "teneinde": "om",
    "tevens": "ook",
    "trachten": "proberen",
    "verstrekken": "geven",
    "verzoeken": "vragen",
    "voornemens": "van plan",
    "vorderen": "vragen",
    "vrijheidsstraf": "straf",
    "woonachtig": "wonen",
    "wederom": "weer",
    "zodanig": "zo",
    "commence": "begin",
    "in order to": "to",
    "obtain": "get",
    "prior to": "before",
    "regarding": "about",
    "subsequently": "then",
    "terminate": "end",
    "utilise": "use",
    "whilst": "while",
}
# Words that nothing can replace: a letter or an office says them. Where a question uses one, its help says what it is.
EXPLAINED = {
    "DJI": "gevangenissen",
    "ID-bewijs": "paspoort",
    "DigiD": "log je in",
    "verblijfspas": "hoe lang je hier mag wonen",
    "huurschuld": "nog moet betalen",
    "CJIB": "boetes op",
    "deurwaarder": "haalt geld op",
    "alimentatie": "geld voor je kind",
    "abonnement": "elke maand",
    "UWV": "ziekte, ontslag of Wajong",
    "toeslagen": "van de Belastingdienst",
    "zorgverzekering": "elke maand|op pauze",
    "advocaat": "kent de regels",
    "huisdieren": "eten",
    "boetes open": "nog betalen",
    "Onveilig": "slaat of dreigt",
}
# One negation each, in an answer or a question, in every language it stands in; what else could be said is less clear.
NEGATED = {
    "There is no day in it": "as the letter is: somebody looks for a day and finds none",
    "I have no letter": "the answer to “do you have a letter?”, and what they tell a helper",
    "I have no place": "the words that people without a home use",
    "I am without money": "English has no shorter word",
    "I am a computer. Your helper reads this only on working days, by day. Do not wait for that.\n\n"
    "Do you sometimes think of suicide?": "safety: false hope is worse",
    "Shall we ask whether there is another way for you? Nobody can promise it.": "a promise must be ruled out",
}
# Buttons that everybody knows, or that undo.
NEGATED_BUTTONS = {"🤷 I do not know", "🤐 I would rather not say", "⏳ Not yet"}
# More than one question mark: what is answered at once is a heading, and asks nothing.
ASKED_TWICE = {
    "Are you in time?": "both are answered at once, and the choice stands in the last words",
    "❓ How it works": "a list of what to do when",
}

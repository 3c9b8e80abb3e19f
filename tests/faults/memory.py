"""What must be true of a case and of its chat after all that one person did, worked out from their doings alone.

The rule that makes it possible: a tap counts when its button has the number of the chat's screen, each turn that moves
raises that number by one, and what is typed always moves. An update that were lost or taken twice would shift it all.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conversations.content.checklist.model import Checklist
from conversations.notices import UNFOLD

# Places at which typed words are a message to the worker.
_WRITING = ("write", "messages", "human")
# Answers that are kept as a list, of one here: nobody in these tests picks several.
ONE_OF_SEVERAL = {(q.id, o.id) for q in Checklist.load().questions if q.kind == "several" for o in q.options}


@dataclass
class Memory:
    """What one person did that counts. `words` are what became messages: "" for a wish to call or to stop."""

    screen: int = 0
    joined: bool = False
    wrong_years: int = 0
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    consents: list[bool] = field(default_factory=list)
    decided: dict[int, str] = field(default_factory=dict)
    own_words: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    wanted_a_human: bool = False
    opened: set[str] = field(default_factory=set)
    _place: str = ""
    _own_for: int = 0

    def tapped(self, verb: str, args: str, screen: int | None) -> None:
        """Take in a tap: `screen` is the number on the button, None on a notice."""
        if verb == UNFOLD or (screen is not None and screen != self.screen):
            return
        self._move(verb)
        first, _, rest = args.partition("/")
        match verb:
            case "consent":
                self.consents.append(args == "yes")
                if args != "yes":
                    self.words.append("")
            case "answer" | "date":
                self.answers[first] = [rest] if (first, rest) in ONE_OF_SEVERAL else rest
            case "leave":
                self.answers["leave_at"] = f"{rest[:2]}:{rest[2:]}"
            case "agree":
                self.decided.setdefault(int(first), "agreed")
            case "decline":
                self.decided.setdefault(int(first), "declined")
            case "still_say" if rest == "away":
                self.decided[int(first)] = "dropped"
            case "own":
                self._own_for = int(first)
            case "human" | "stuck":
                self.wanted_a_human = True
            case "share_say" if rest == "talk":
                self.wanted_a_human = True
            case "see":
                self.opened.add(args)

    def started(self) -> None:
        """Take in the start with a code: before that nobody is known."""
        if not self.joined:
            self._move("start")

    def typed_year(self, right: bool) -> None:
        """Take in a year of birth, or what looks like one."""
        if self.joined:
            self.typed("")
        elif right:
            self.joined = True
            self._move("phone")
        else:
            self.wrong_years += 1
            self._move("start")

    def typed(self, text: str) -> None:
        """Take in words: a message where one is written, an own action where one is asked, else a remark comes."""
        if self._place == "own":
            self.decided.setdefault(self._own_for, "declined")
            self.own_words.append(text)
            self._move("")
        elif self._place in _WRITING:
            self.wrote(text)
        else:
            self._move(self._place)

    def wrote(self, text: str) -> None:
        """Take in `/bericht` with words behind it."""
        self.words.append(text)
        self._move("messages")

    def asked_for(self, place: str) -> None:
        """Take in another command of the menu."""
        self._move(place)

    def _move(self, place: str) -> None:
        self.screen += 1
        self._place = place

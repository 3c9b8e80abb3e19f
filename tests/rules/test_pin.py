"""A PIN: it opens for the right digits, closes after five wrong ones in a row, and is kept with what was tried."""

from __future__ import annotations

import pytest

from conversations.rules.pin import TRIES, Pin

WRONG = "0000"
# scrypt of the digits with a salt of the bytes 0 to 15, N 16384, r 8, p 1, 32 bytes.
HASH_OF_4821 = "562a0930ed08d206fa0babae19d6abde87b1a63915370f44504709c4de80d925"


@pytest.fixture(scope="module")
def pin() -> Pin:
    return Pin.of("4821")


def test_the_right_digits_open_it_and_others_do_not(pin: Pin) -> None:
    assert pin.tried("4821") is None
    for digits in (WRONG, "482", "48210", ""):
        after = pin.tried(digits)
        assert after is not None
        assert (after.salt, after.hash, after.tries, after.asked) == (pin.salt, pin.hash, 1, False)


def test_after_five_wrong_ones_in_a_row_it_is_closed_also_for_the_right_ones(pin: Pin) -> None:
    tried = pin
    for times in range(1, 6):
        assert tried.is_closed is False
        after = tried.tried(WRONG)
        assert after is not None
        assert after.tries == times
        tried = after
    assert tried.is_closed is True
    still = tried.tried("4821")
    assert still is not None
    assert still.tries == TRIES == 5  # it is closed, and counts no further


def test_the_right_digits_at_the_fifth_try_are_not_too_late(pin: Pin) -> None:
    tried = Pin(pin.salt, pin.hash, tries=4)
    assert tried.tried("4821") is None


def test_once_open_the_tries_and_the_wish_to_take_it_off_are_gone(pin: Pin) -> None:
    opened = Pin(pin.salt, pin.hash, 3, True).opened()
    assert (opened.salt, opened.hash, opened.tries, opened.asked) == (pin.salt, pin.hash, 0, False)


def test_the_wish_to_take_it_off_leaves_the_tries_as_they_are(pin: Pin) -> None:
    asked = Pin(pin.salt, pin.hash, 3).asked_off()
    assert (asked.hash, asked.tries, asked.asked) == (pin.hash, 3, True)


@pytest.mark.parametrize(("tries", "asked"), [(0, False), (4, True), (5, False)])
def test_what_is_kept_of_it_reads_back_the_same(pin: Pin, tries: int, asked: bool) -> None:
    one = Pin(pin.salt, pin.hash, tries, asked)
    assert Pin.read(one.kept()) == one
    assert one.kept() == f"{pin.salt.hex()}:{pin.hash.hex()}:{tries}:{1 if asked else 0}"
    assert "4821" not in one.kept()


def test_the_same_digits_are_kept_as_something_else_each_time(pin: Pin) -> None:
    other = Pin.of("4821")
    assert (other.salt, other.hash) != (pin.salt, pin.hash)
    assert (len(other.salt), len(other.hash)) == (16, 32)


def test_a_pin_that_was_kept_goes_on_opening() -> None:
    """What a phone was guarded with before is not changed by a newer program: the same digits, salt and costs."""
    kept = f"{bytes(range(16)).hex()}:{HASH_OF_4821}:0:0"
    pin = Pin.read(kept)
    assert pin.tried("4821") is None

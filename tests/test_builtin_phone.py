"""What people say to a phone is read as they mean it, and a permission is given only where the work needs it."""

import pytest

from agent.builtin import instructions
from agent.builtin.instructions import ClickOn, OpenApplication, PressKeys, Target, Tell
from agent.builtin.phone.daytime import clock_time
from agent.builtin.phone.deeds import (
    Alter,
    AnswerQuestion,
    InApp,
    MakeNew,
    Remove,
    RemoveAll,
    SendTo,
    SetTo,
    Switch,
    Visit,
)
from agent.builtin.phone.finding import rated, row_value, switch_named
from agent.builtin.phone.questions import needed, question
from agent.builtin.phone.switching import share_of
from agent.builtin.phone.widgets import ALIKE, alike, is_phone
from agent.policy import NotUnderstood
from devices import Box, Element, Observation
from devices.device import Pixels

SAID = {
    "turn on Wi-Fi and Bluetooth": (Switch("Wi-Fi", True), Switch("Bluetooth", True)),
    "Put my phone into flight mode, please": (Switch("flight mode", True),),
    "use the 12-hour clock": (Switch("24-hour format", False),),
    "make sure location is off and do not disturb is on": (
        Switch("location", False),
        Switch("do not disturb", True),
    ),
    "turn off the 6:30 alarm": (InApp(("Clock", "Alarms")), Switch("6:30 alarm", False)),
    "change the screen timeout from 1 minute to ten minutes": (SetTo("screen timeout", "10 minutes"),),
    "add a contact: Ada Lovelace, 555-0199, ada@analytical.example": (
        MakeNew("contact", (("name", "Ada Lovelace"), ("phone", "555-0199"), ("email", "ada@analytical.example"))),
    ),
    "create a contact for Blaise Pascal, phone 5550144": (
        MakeNew("contact", (("name", "Blaise Pascal"), ("phone", "5550144"))),
    ),
    'make a note titled "Trip" with the text "Pack, and go"': (
        MakeNew("note", (("title", "Trip"), ("body", "Pack, and go"))),
    ),
    "create a note called Ideas and save it": (MakeNew("note", (("title", "Ideas"),)),),
    "change Alan Turing's email to alan@enigma.example": (
        Alter("contact", "Alan Turing", (("email", "alan@enigma.example"),)),
    ),
    "add 'Eggs' to the shopping list": (Alter("note", "shopping list", (("body", "Eggs"),), adding=True),),
    "remove Radia Perlman from my contacts": (Remove("contact", "Radia Perlman"),),
    "text Grace Hopper 'On my way'": (SendTo("On my way", "Grace Hopper"),),
    "tell Grace Hopper that I will be late": (SendTo("I will be late", "Grace Hopper"),),
    "what is Emmy Noether's phone number?": (Visit("Emmy Noether", "contact"), Tell("phone number")),
    "open the Bluetooth settings": (Visit("Bluetooth"),),
    "open Contacts and deny access": (OpenApplication("Contacts"), AnswerQuestion(False)),
    "Open Settings, then tap Display": (OpenApplication("Settings"), ClickOn(Target("Display"))),
    "delete all notes": (RemoveAll("note"),),
    "what did Grace Hopper write to me": (
        Visit("Grace Hopper", "message"),
        Tell("Grace Hopper", "last message"),
    ),
    "Give me Alan Turing's phone number": (Visit("Alan Turing", "contact"), Tell("phone number")),
    "open my chat with Ada and write 'hi'": (SendTo("hi", "Ada"),),
    "go back twice": (PressKeys(("back",)), PressKeys(("back",))),
    "scroll down to 'About phone' and tap it": None,
}


@pytest.mark.parametrize("goal", SAID)
def test_a_phone_is_told_things_in_the_words_of_its_user(goal: str) -> None:
    read = instructions(goal, phone=True)
    if SAID[goal] is None:
        assert read[-1] == ClickOn(Target("About phone")), "what 'it' is was said before"
    else:
        assert read == SAID[goal]


@pytest.mark.parametrize("goal", ["frobnicate the phone", "Rotate the screen to landscape", "delete him", "stop it"])
def test_what_a_finger_cannot_do_is_not_read_as_something_else(goal: str) -> None:
    with pytest.raises(NotUnderstood):
        instructions(goal, phone=True)


def seen(*elements: Element) -> Observation:
    import numpy as np

    pixels: Pixels = np.zeros((2400, 1080, 3), np.uint8)
    return Observation(pixels, "com.android.settings/.Settings", elements=elements)


def row(top: int, title: str, summary: str = "", on: bool | None = None) -> tuple[Element, ...]:
    switch = () if on is None else (Element("switch", "", Box(900, top + 60, 1000, top + 110), checked=on),)
    texts: tuple[Element, ...] = (Element("text", title, Box(100, top + 20, 800, top + 90)),)
    if summary:
        texts += (Element("text", summary, Box(100, top + 95, 800, top + 150)),)
    return (*switch, *texts, Element("button", f"{title} {summary}".strip(), Box(0, top, 1080, top + 170)))


def test_a_switch_is_found_by_the_row_it_stands_in() -> None:
    screen = seen(*row(300, "Airplane mode", on=False), *row(500, "Mobile data", "Sim Mobile", on=True))
    mobile = switch_named("cellular data", screen)
    assert mobile is not None
    assert mobile.checked is True
    assert switch_named("Bluetooth", screen) is None


def test_a_summary_that_mentions_it_is_not_the_thing_itself() -> None:
    screen = seen(*row(300, "Display", "Dark theme, font size, brightness"))
    assert rated(Target("font size"), screen) == []
    assert rated(Target("display"), screen)[0][0] >= 90


def test_a_value_may_stand_above_its_label() -> None:
    assert row_value("phone number", seen(*row(300, "+49 551 555 0105", "Phone"))) == "+49 551 555 0105"


def test_a_last_name_is_not_a_misread_first_name() -> None:
    assert alike("First name", "Last name") < ALIKE
    assert alike("wifi", "Use Wi-Fi") >= ALIKE
    assert alike("dark mode", "Dark theme") >= ALIKE


@pytest.mark.parametrize(
    ("asks", "goal", "expected"),
    [
        ("Allow Contacts to access your contacts?", "What is the number of Ada?", True),
        ("Allow Messages to access your contacts?", "Send 'hi' to the contact Ada", True),
        ("Allow Torch to access your contacts?", "Turn on the torch", False),
        ("Allow Notes to record audio?", "Write a note that says hello", False),
    ],
)
def test_a_permission_is_given_only_where_the_work_needs_it(asks: str, goal: str, expected: bool) -> None:
    asked = question(
        seen(
            Element("text", asks, Box(100, 900, 900, 1000)),
            Element("button", "Allow", Box(100, 1100, 900, 1200)),
            Element("button", "Don't allow", Box(100, 1300, 900, 1400)),
        )
    )
    assert asked is not None
    assert needed(asked, goal) is expected


def test_times_and_shares_are_read_as_people_say_them() -> None:
    assert [clock_time(said) for said in ("7:45", "5:30 pm", "12 am", "noon", "25:00")] == [
        (7, 45),
        (17, 30),
        (0, 0),
        (12, 0),
        None,
    ]
    assert [share_of(said) for said in ("maximum", "50%", "half", "0", "a lot")] == [1.0, 0.5, 0.5, 0.0, None]


def test_a_desktop_is_no_phone() -> None:
    assert is_phone(seen())
    window = Element("window", "notes.txt - Mousepad", Box(0, 0, 800, 600))
    assert not is_phone(Observation(seen().pixels, "/home/ada/notes.txt - Mousepad", elements=(window,)))

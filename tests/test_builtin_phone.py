"""Literal instructions are carried out on a phone, and a permission is given only where the work needs it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from agent.builtin import Builtin
from agent.builtin.answers import answer
from agent.builtin.commands import Locate, commands_on_phone
from agent.builtin.field_control import holds, reads_like
from agent.builtin.goal_parser import instructions
from agent.builtin.instructions import (
    ClickOn,
    Empty,
    IfAsked,
    Instruction,
    OpenApplication,
    OpenPage,
    PressKeys,
    SetValue,
    Tell,
    Tick,
    Write,
)
from agent.builtin.phone.navigation import is_here
from agent.builtin.phone.permissions import ALLOW, DENY, is_needed, question
from agent.builtin.slider_control import share_of
from agent.episode import Ending, Episode
from agent.grounding.find import Candidate, find
from agent.grounding.resolve import resolve
from agent.grounding.similarity import label_similarity, min_similarity
from agent.grounding.target import Target
from agent.loop import run_episode
from agent.policy import NotUnderstood
from agent.screen.screen import Screen
from agent.screen.text import ScreenText
from devices import Action, Box, Click, Device, Element, Observation, Stop
from devices.device import Pixels
from devices.settled import Settled
from devices.simphone.phone import Phone
from devices.simphone.simphone import SimPhone
from devices.wrappers import Fresh

READ_AS: dict[str, tuple[Instruction, ...]] = {
    "turn on Wi-Fi and Bluetooth": (Tick(Target("Wi-Fi")), Tick(Target("Bluetooth"))),
    "turn the 'Touch sounds' switch off": (Tick(Target("Touch sounds", "switch"), False),),
    "set Roaming to off": (Tick(Target("Roaming"), False),),
    "set the screen timeout to 10 minutes": (SetValue(Target("screen timeout"), "10 minutes"),),
    "change 'Device name' to 'Lamp and oil'": (SetValue(Target("Device name"), "Lamp and oil"),),
    "open the Bluetooth settings": (OpenPage("Bluetooth"),),
    "open Contacts and deny access": (OpenApplication("Contacts"), IfAsked(DENY)),
    "open Contacts. If it asks, allow it": (OpenApplication("Contacts"), IfAsked(ALLOW)),
    "Open Settings, then tap Display": (OpenApplication("Settings"), ClickOn(Target("Display"))),
    "tap 'Delete'": (ClickOn(Target("Delete")),),
    "go back twice": (PressKeys(("back",)), PressKeys(("back",))),
    "press volume up, open recent apps and go home": tuple(
        PressKeys((key,)) for key in ("volume_up", "recents", "home")
    ),
    "in Notes, tap 'New note'": (OpenApplication("Notes"), ClickOn(Target("New note"))),
    "type 'Ada' into 'First name' and 'King' into 'Last name'": (
        Write("Ada", Target("First name", "field"), True),
        Write("King", Target("Last name", "field"), True),
    ),
    "open Settings and read 'Serial number'": (OpenApplication("Settings"), Tell("Serial number")),
}


@pytest.mark.parametrize("goal", READ_AS)
def test_literal_instructions_are_read(goal: str) -> None:
    assert instructions(goal, phone=True) == READ_AS[goal]


@pytest.mark.parametrize("goal", ["frobnicate the phone", "my eyes hurt", "add a contact named Ada", "wifi off"])
def test_a_goal_that_is_no_literal_instruction_is_refused(goal: str) -> None:
    with pytest.raises(NotUnderstood):
        instructions(goal, phone=True)


def test_common_instructions_are_carried_out_as_a_phone_wants_them() -> None:
    turned = Tick(Target("Wi-Fi"), False)
    assert commands_on_phone(turned) == (Locate(Target("Wi-Fi", "toggle"), "Settings"), turned)
    written = Write("x", Target("Title", "field"))
    assert commands_on_phone(written) == (Locate(Target("Title", "field")), written)
    second = Empty(Target("", "field", 2))
    assert commands_on_phone(second) == (second,)
    assert commands_on_phone(PressKeys(("ctrl", "s"))) == (ClickOn(Target("Save", "button")),)


def seen(*elements: Element) -> Observation:
    import numpy as np

    pixels: Pixels = np.zeros((2400, 1080, 3), np.uint8)
    return Observation(pixels, "com.android.settings/.Settings", elements=elements, surface="phone")


def row(top: int, title: str, summary: str = "", on: bool | None = None) -> tuple[Element, ...]:
    switch = () if on is None else (Element("switch", "", Box(900, top + 60, 1000, top + 110), checked=on),)
    texts: tuple[Element, ...] = (Element("text", title, Box(100, top + 20, 800, top + 90)),)
    if summary:
        texts += (Element("text", summary, Box(100, top + 95, 800, top + 150)),)
    return (*switch, *texts, Element("button", f"{title} {summary}".strip(), Box(0, top, 1080, top + 170)))


def unread(_: Observation) -> ScreenText:
    raise AssertionError("a phone that lists its elements is not read")


def parsed(*elements: Element) -> Screen:
    return Screen(seen(*elements), unread)


def test_a_switch_is_found_by_the_row_it_stands_in() -> None:
    screen = parsed(*row(300, "Airplane mode", on=False), *row(500, "Mobile data", "Sim Mobile", on=True))
    mobile = resolve(Target("mobile data", "toggle"), screen)
    assert isinstance(mobile, Candidate)
    assert mobile.element.checked is True
    assert find(Target("Bluetooth", "toggle"), screen) == ()
    assert find(Target("Sim", "toggle"), screen) == (), "a summary names no switch"


def test_a_summary_that_mentions_it_is_not_the_thing_itself() -> None:
    screen = parsed(*row(300, "Display", "Dark theme, font size, brightness"))
    assert not is_here(Target("font size"), screen)
    assert find(Target("display"), screen)[0].element.role == "button"


def test_a_value_may_stand_above_its_label() -> None:
    assert answer(Tell("phone"), parsed(*row(300, "+49 551 555 0105", "Phone"))) == "+49 551 555 0105"


def test_a_last_name_is_not_a_misread_first_name() -> None:
    assert label_similarity("First name", "Last name") < min_similarity("First name")
    assert label_similarity("wifi", "Use Wi-Fi") >= min_similarity("wifi")
    assert label_similarity("auto-rotate", "Auto-rotate screen") >= min_similarity("auto-rotate")
    every_word = "every word that was asked for has to be there"
    assert label_similarity("quantum radio", "Radio") < min_similarity("quantum radio"), every_word


@pytest.mark.parametrize(
    ("asks", "goal", "expected"),
    [
        ("Allow Contacts to access your contacts?", "Open Contacts", True),
        ("Allow Messages to access your contacts?", "Open Messages, tap the contact 'Ada'", True),
        ("Allow Torch to access your contacts?", "Open Torch", False),
        ("Allow Notes to record audio?", "Open Notes, tap 'New note'", False),
    ],
)
def test_a_permission_is_given_only_where_the_work_needs_it(asks: str, goal: str, expected: bool) -> None:
    screen = seen(
        Element("text", asks, Box(100, 900, 900, 1000)),
        Element("button", "Allow", Box(100, 1100, 900, 1200)),
        Element("button", "Don't allow", Box(100, 1300, 900, 1400)),
    )
    assert question(screen) is None, "an application's own dialog is not the system's"
    asked = question(replace(screen, front="com.google.android.permissioncontroller/.GrantPermissionsActivity"))
    assert asked is not None
    assert is_needed(asked, goal) is expected


def test_shares_of_a_slider_are_read() -> None:
    assert [share_of(value) for value in ("maximum", "50%", "half", "0", "a lot")] == [1.0, 0.5, 0.5, 0.0, None]


def test_a_number_that_is_set_out_is_the_number_that_was_typed() -> None:
    def field(text: str) -> Element:
        return Element("field", text, Box(0, 0, 10, 10))

    assert holds(field("(555) 0142"), "5550142")
    assert holds(field("••••"), "2468")
    assert not holds(field("5550143"), "5550142")
    assert not holds(field("Phone"), "5550142")


@pytest.fixture(scope="module")
def policy() -> Builtin:
    return Builtin()


class Blind:
    """A phone that reports no widgets."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self.name = device.name

    def observe(self) -> Observation:
        return replace(self._device.observe(), elements=())

    def perform(self, action: Action) -> None:
        self._device.perform(action)

    def close(self) -> None:
        self._device.close()


class LosesAPress(Blind):
    """A phone that loses the first press on the field for the last name."""

    lost = False

    def observe(self) -> Observation:
        self._seen = self._device.observe()
        return self._seen

    def perform(self, action: Action) -> None:
        fields = [each.box for each in self._seen.elements if each.text == "Last name" and each.role == "field"]
        if isinstance(action, Click) and not self.lost and any(action.at in box for box in fields):
            self.lost = True
        else:
            self._device.perform(action)


def worked(
    goal: str, policy: Builtin, phone: Phone | None = None, wrapped: Callable[[Device], Device] = Fresh
) -> tuple[Episode, Phone]:
    """The episode of `goal` on a simulated phone, and the phone after it."""
    stop = Stop()
    device = SimPhone(stop, phone or Phone((540, 1200), animations=False))
    try:
        return run_episode(goal, Settled(wrapped(device), stop), policy, stop=stop), device.phone
    finally:
        device.close()


def test_a_setting_is_found_by_stepping_into_the_page_that_mentions_it(policy: Builtin) -> None:
    episode, phone = worked("set 'Font size' to largest", policy)
    assert episode.ending is Ending.FINISHED, episode.reason
    assert phone.settings["system"]["font_scale"] == "1.3"
    assert len(episode.steps) <= 6


def test_a_switch_that_is_as_wanted_is_not_pressed(policy: Builtin) -> None:
    phone = Phone((540, 1200), animations=False)
    before = dict(phone.settings["global"])
    episode, _ = worked("turn on 'Wi-Fi'", policy, phone)
    assert episode.ending is Ending.FINISHED
    assert phone.settings["global"] == before


def test_a_setting_that_does_not_exist_is_never_claimed(policy: Builtin) -> None:
    episode, _ = worked("open Settings, tap 'Sound & vibration', set 'Ring volume' to 'Quantum'", policy)
    assert episode.ending is Ending.GAVE_UP
    assert "no place on it" in episode.answer


def test_a_text_in_another_field_does_not_count_for_the_one_that_was_named(policy: Builtin) -> None:
    goal = (
        "open Contacts, allow access, tap 'Create contact', type 'Kim' into 'First name', type 'Kim' into 'Last name', "
        "tap Save"
    )
    episode, phone = worked(goal, policy)
    assert episode.ending is Ending.FINISHED, episode.answer
    assert any((row["first"], row["last"]) == ("Kim", "Kim") for row in phone.rows("content://contacts"))


def test_a_field_without_a_reported_label_is_found_by_the_drawn_one_and_cleared(policy: Builtin) -> None:
    phone = Phone((540, 1200), animations=False)
    phone.permissions["com.android.contacts"].add("android.permission.READ_CONTACTS")
    goal = "open Contacts, tap 'Alan Turing', tap 'Edit contact', clear the Email field, tap Save"
    episode, _ = worked(goal, policy, phone)
    assert episode.ending is Ending.FINISHED, episode.answer
    turing = next(row for row in phone.rows("content://contacts") if row["last"] == "Turing")
    assert (turing["email"], bool(turing["phone"])) == ("", True)


def test_a_permission_in_the_way_is_answered_and_the_person_is_told(policy: Builtin) -> None:
    episode, phone = worked("open Contacts, tap 'Grace Hopper'", policy)
    assert episode.ending is Ending.FINISHED, episode.answer
    assert phone.permissions["com.android.contacts"]
    assert episode.answer == "Allowed: 'Allow Contacts to access your contacts?'"
    assert sum(isinstance(step.decision.move, Click) for step in episode.steps) == 2


def test_a_field_of_a_form_is_set_and_nothing_is_saved_that_was_not_said(policy: Builtin) -> None:
    goal = "open Contacts, allow access, tap 'Create contact', set 'First name' to 'Ada', set 'Phone' to '5550199'"
    episode, phone = worked(goal, policy)
    assert episode.ending is Ending.FINISHED, episode.answer
    assert phone.front[1].endswith("ContactEditorActivity")
    assert not any(row["first"] == "Ada" for row in phone.rows("content://contacts"))


def test_a_press_that_is_lost_writes_over_no_other_field(policy: Builtin) -> None:
    goal = (
        "open Contacts, allow access, tap 'Create contact', type 'Ada' into 'First name' and 'King' into 'Last name', "
        "tap Save"
    )
    episode, phone = worked(goal, policy, wrapped=LosesAPress)
    assert episode.ending is Ending.FINISHED, episode.answer
    assert sum(isinstance(step.decision.move, Click) for step in episode.steps) == 6, "one press was made again"
    assert any((row["first"], row["last"]) == ("Ada", "King") for row in phone.rows("content://contacts"))


def test_a_phone_that_reports_no_widgets_is_worked_by_what_is_drawn(policy: Builtin) -> None:
    phone = Phone((1080, 2400), animations=False)
    goal = "open Notes, tap 'Books to read', type 'Ferry' into 'Title', tap Save"
    episode, _ = worked(goal, policy, phone, wrapped=Blind)
    assert episode.ending is Ending.FINISHED, episode.answer
    assert any(row["title"] == "Ferry" for row in phone.rows("content://notes"))


def test_a_switch_of_a_phone_that_reports_no_widgets_is_not_claimed(policy: Builtin) -> None:
    episode, _ = worked("turn on 'Dark theme'", policy, wrapped=Blind)
    assert (episode.ending, "reports no widgets" in episode.answer) == (Ending.GAVE_UP, True)


def test_what_was_there_before_is_not_what_was_typed() -> None:
    assert reads_like("copy.py", "copy.py", whole=True)
    assert reads_like("a long name of a file.txt", "name of a file.txt", whole=True)
    assert not reads_like("copy.py", "rust.pycopy.py", whole=True)

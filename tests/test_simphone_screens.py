"""Every screen of the simulated phone: its tree and its pixels tell the same."""

import os
from collections.abc import Callable

import pytest

from devices.device import Box
from devices.simphone.phone import Phone
from tests.simphone_touch import SIZE, drag, has_ink, hold, tap

SIZES = [(540, 1200), (1080, 2400), (720, 1600)][: int(os.environ.get("SCREENHAND_PHONES", "1"))]
Way = Callable[[Phone], object]


def contacts(phone: Phone) -> None:
    phone.permissions["com.android.contacts"].add("android.permission.READ_CONTACTS")
    phone.start("com.android.contacts")


def turn(phone: Phone) -> None:
    phone.settings["system"]["user_rotation"] = "1"


def pressed(*words: str) -> Way:
    return lambda phone: tap(phone, *words)


def keyed(*codes: int) -> Way:
    def press(phone: Phone) -> None:
        for code in codes:
            phone.key((code,))

    return press


def dragged(start: float, end: float) -> Way:
    return lambda phone: drag(phone, (0.5, start), (0.5, end))


SCREENS: dict[str, tuple[Way, ...]] = {
    "home": (),
    "settings": (pressed("Settings"),),
    "settings turned": (turn, pressed("Settings")),
    "mobile network": (pressed("Settings", "Mobile network"),),
    "wifi": (pressed("Settings", "Wi-Fi"),),
    "bluetooth": (pressed("Settings", "Bluetooth", "Use Bluetooth"),),
    "display": (pressed("Settings", "Display"),),
    "font size": (pressed("Settings", "Display", "Font size"),),
    "sound": (pressed("Settings", "Sound & vibration"),),
    "app info": (pressed("Settings", "Apps", "Contacts"),),
    "about phone": (pressed("Settings"), dragged(0.8, 0.1), pressed("About phone")),
    "device name": (pressed("Settings"), dragged(0.8, 0.1), pressed("About phone", "Device name")),
    "device name turned": (pressed("Settings"), dragged(0.8, 0.1), pressed("About phone", "Device name"), turn),
    "permission": (pressed("Contacts"),),
    "contacts": (contacts,),
    "contact": (contacts, pressed("Alan Turing")),
    "contact form": (contacts, pressed("Create contact", "Email")),
    "notes": (pressed("Notes"),),
    "note menu": (pressed("Notes"), lambda phone: hold(phone, "Books to read")),
    "note": (pressed("Notes", "Books to read"),),
    "alarms": (pressed("Clock"),),
    "alarm form": (pressed("Clock", "Add alarm"),),
    "stopwatch": (pressed("Clock", "Stopwatch"),),
    "messages": (pressed("Messages"),),
    "thread": (pressed("Messages", "Grace Hopper"),),
    "browser": (pressed("Browser"),),
    "bank": (pressed("Bank"),),
    "recents": (pressed("Notes"), keyed(187)),
    "quick settings": (dragged(0.005, 0.5),),
    "pin": (keyed(223, 224), dragged(0.8, 0.3)),
}
# pressed, these change nothing: they are chosen already, or there is nothing to send, delete or go back to
IDLE = {"Lighthouse", "Default", "Send message", "Delete", "Enter", "equals"}


def opened(screen: str, size: tuple[int, int]) -> Phone:
    phone = Phone(size, animations=False, pin="1379" if screen == "pin" else "")
    for step in SCREENS[screen]:
        step(phone)
    return phone


def state(phone: Phone) -> object:
    tables = [phone.rows(f"content://{table}") for table in ("contacts", "sms", "notes", "alarms")]
    settings = {space: dict(table) for space, table in phone.settings.items()}
    return phone.front, phone.tree(), phone.keyboard_shown, tables, settings, phone.notice


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_node_that_says_it_can_be_pressed_acts_at_its_centre(screen: str, size: tuple[int, int]) -> None:
    phone = opened(screen, size)
    nodes = [node for node in phone.tree().walk() if node.clickable and not node.selected]
    assert nodes
    for index, node in enumerate(nodes):
        words = {part.text for part in node.walk()} | {part.description for part in node.walk()}
        if words & IDLE or node.cls.endswith("SeekBar") or node.focused:
            continue
        if index:
            phone = opened(screen, size)
        before, at = state(phone), node.box.center
        phone.touch([(0.0, at.x, at.y)])
        assert state(phone) != before, f"nothing happened at {node}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_text_of_the_tree_has_ink_and_every_box_lies_on_the_screen(screen: str, size: tuple[int, int]) -> None:
    phone = opened(screen, size)
    width, height = phone.size
    for node in phone.tree().walk():
        box = node.box
        assert 0 <= box.left < box.right <= width, node
        assert 0 <= box.top < box.bottom <= height, node
        if node.text.strip() and box.height > 8 * width // 540:
            assert has_ink(phone, box), f"no ink in {node}"


@pytest.mark.parametrize("screen", SCREENS)
def test_no_text_runs_into_another(screen: str) -> None:
    phone = opened(screen, SIZE)
    boxes = [node.box for node in phone.tree().walk() if node.text.strip() and not node.children]
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert not overlap(one, other), f"{one} and {other} overlap"


def overlap(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def test_a_field_that_the_keyboard_would_cover_moves_above_it() -> None:
    phone = opened("contact form", (720, 1280))
    field = next(node for node in phone.tree().walk() if node.focused)
    assert field.box.bottom <= phone.key_boxes["q"].top
    assert field.box.height > 60


def test_turned_with_the_keyboard_open_the_field_is_still_to_be_seen() -> None:
    phone = opened("device name turned", SIZE)
    field = next(node for node in phone.tree().walk() if node.focused)
    assert field.text == "SimPhone"
    assert field.box.height > 40
    assert field.box.bottom <= phone.key_boxes["q"].top

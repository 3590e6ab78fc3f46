"""The simulated phone itself: hands, keys, locks, rotation, what is counted."""

import os
import random
import threading

import numpy as np
import pytest

from devices.simphone.phone import Phone
from tests.simphone_touch import SIZE, Time, drag, find_node, hold, node_named, press_keyboard, tap, texts

CONTACTS, READ = "com.android.contacts", "android.permission.READ_CONTACTS"


@pytest.fixture
def phone() -> Phone:
    return Phone(SIZE, animations=False)


def with_contacts(phone: Phone) -> Phone:
    phone.permissions[CONTACTS].add(READ)
    phone.start(CONTACTS)
    return phone


def test_a_switch_on_the_screen_writes_the_setting_and_the_setting_moves_the_switch(phone: Phone) -> None:
    tap(phone, "Settings", "Airplane mode")
    assert phone.settings["global"]["airplane_mode_on"] == "1"
    assert phone.settings["global"]["wifi_on"] == "0", "airplane mode takes Wi-Fi along"
    before = phone.frame()
    phone.settings["global"]["airplane_mode_on"] = "0"
    assert not np.array_equal(before, phone.frame())
    switches = [node for node in phone.tree().walk() if node.checkable]
    assert not switches[0].checked


def test_the_keyboard_types_what_its_keys_say(phone: Phone) -> None:
    with_contacts(phone)
    tap(phone, "Create contact", "Last name")
    assert phone.keyboard_shown
    press_keyboard(phone, "Shift", "O", "h", "m", "?123", "4", "#", "ABC", "space", "x", "Delete")
    assert node_named(phone, "Ohm4# ").focused
    press_keyboard(phone, "Enter")
    focused = next(node for node in phone.tree().walk() if node.focused)
    assert focused.text == "Phone", "Enter goes to the next field"
    press_keyboard(phone, "1", "2", "Enter")
    phone.key((4,))
    assert not phone.keyboard_shown
    tap(phone, "Save")
    assert {"first": "", "last": "Ohm4#", "phone": "12", "email": ""}.items() <= phone.rows("content://contacts")[
        -1
    ].items()


def test_shift_twice_in_a_moment_locks_and_later_does_not() -> None:
    clock = Time()
    phone = with_contacts(Phone(SIZE, clock=clock, animations=False))
    tap(phone, "Search contacts")
    press_keyboard(phone, "Shift", "Shift enabled")
    press_keyboard(phone, "A", "B", "Caps lock enabled", "c", "Shift")
    clock.now += 1
    press_keyboard(phone, "Shift enabled", "d")
    assert find_node(phone, "ABcd")


def test_text_without_a_focused_field_is_lost(phone: Phone) -> None:
    before = texts(phone)
    phone.commit("hello")
    phone.key((66,))
    assert texts(phone) == before
    assert phone.input_log == ["text 'hello'", "key 66"]


def test_any_character_arrives_as_it_was_committed(phone: Phone) -> None:
    phone.start("org.simphone.notes", ".NoteActivity")
    tap(phone, "Note")
    text = "100 % & \"q\" 'a' $(x) `y` \\n äöü Ł 日本\nzwei"
    phone.commit(text)
    phone.key((4,))
    tap(phone, "Save")
    assert phone.rows("content://notes")[-1]["body"] == text


def test_editing_keys_edit(phone: Phone) -> None:
    with_contacts(phone)
    tap(phone, "Search contacts")
    for codes in ((29,), (59, 30), (62,), (12,), (21,), (67,), (122,), (112,)):
        phone.key(codes)
    assert find_node(phone, "B5")
    phone.key((113, 29))
    phone.key((113, 52))
    assert phone.clipboard == "B5"
    phone.key((113, 50))
    phone.key((279,))
    assert find_node(phone, "B5B5")


def test_a_drag_moves_the_list_as_far_as_the_finger_went_and_no_row_is_pressed(phone: Phone) -> None:
    tap(phone, "Settings")
    before = node_named(phone, "Display").box.top
    drag(phone, (0.5, 0.7), (0.5, 0.6))
    assert abs(before - node_named(phone, "Display").box.top - 0.1 * SIZE[1]) <= 2
    assert find_node(phone, "About phone") is None
    while find_node(phone, "About phone") is None:
        drag(phone, (0.5, 0.8), (0.5, 0.4))
    tap(phone, "About phone")
    assert find_node(phone, "Android version")


def test_a_dialog_takes_every_touch_that_is_meant_for_what_lies_behind_it(phone: Phone) -> None:
    phone.start(CONTACTS)
    assert phone.front[0] == "com.google.android.permissioncontroller"
    assert find_node(phone, "Contacts") is None, "uiautomator sees the front window only"
    for y in range(100, 1100, 50):
        if not 0.3 * 1200 < y < 0.7 * 1200:
            phone.touch([(0.0, 270, y)])
    phone.key((4,))
    assert phone.front[0] == "com.google.android.permissioncontroller", "it stays until it is answered"
    tap(phone, "Don't allow")
    assert find_node(phone, "Allow access")
    assert phone.permissions[CONTACTS] == set()
    phone.stop(CONTACTS)
    phone.start(CONTACTS)
    tap(phone, "Allow")
    assert phone.permissions[CONTACTS] == {READ}
    assert find_node(phone, "Alan Turing")


def test_deleting_asks_and_cancel_keeps(phone: Phone) -> None:
    with_contacts(phone)
    tap(phone, "Barbara Liskov", "Delete contact", "Cancel")
    assert len(phone.rows("content://contacts")) == 14
    tap(phone, "Delete contact", "Delete")
    assert len(phone.rows("content://contacts")) == 13
    assert find_node(phone, "Barbara Liskov") is None
    assert find_node(phone, "Alan Turing"), "back on the list"


def test_a_long_press_is_no_tap(phone: Phone) -> None:
    phone.start("org.simphone.notes")
    hold(phone, "Shopping list")
    tap(phone, "Delete", "Delete")
    assert [row["title"] for row in phone.rows("content://notes")] == ["Books to read", "Meeting on Monday"]
    phone.clipboard = "from elsewhere"
    hold(phone, "Search notes")
    tap(phone, "Paste")
    assert find_node(phone, "from elsewhere")


def test_back_home_and_recents_go_where_android_goes(phone: Phone) -> None:
    tap(phone, "Settings", "Display")
    phone.key((3,))
    assert phone.front[0] == "com.android.launcher3"
    tap(phone, "Settings")
    assert find_node(phone, "Dark theme"), "an application comes back as it was left"
    phone.key((4,))
    assert find_node(phone, "Search settings")
    phone.key((4,))
    assert phone.front[0] == "com.android.launcher3"
    phone.key((4,))
    assert phone.front[0] == "com.android.launcher3", "home never closes"
    phone.start("org.simphone.notes")
    phone.start("com.android.deskclock")
    phone.key((187,))
    assert texts(phone)[0:1] == ["Clock"]
    tap(phone, "Close Clock")
    assert find_node(phone, "Close Notes"), "the others stay"
    tap(phone, "Notes")
    assert phone.front[0] == "org.simphone.notes"


def test_a_bank_is_secure_and_its_dialogs_too(phone: Phone) -> None:
    assert not phone.secure
    phone.start("com.example.bank")
    assert phone.secure
    assert phone.frame().any(), "the real pixels; who captures blacks them out"
    tap(phone, "Access code")
    phone.commit("2468\n")
    assert find_node(phone, "Current account")
    assert phone.secure
    phone.key((4,))
    phone.start("com.example.bank")
    hold(phone, "Access code")
    assert find_node(phone, "Select all"), "a dialog is in front"
    assert phone.secure
    phone.key((3,))
    assert not phone.secure


def test_turned_the_screen_is_laid_out_anew(phone: Phone) -> None:
    tap(phone, "Settings")
    phone.settings["system"]["user_rotation"] = "1"
    assert (phone.rotation, phone.size, phone.frame().shape) == (1, (1200, 540), (540, 1200, 3))
    assert phone.tree().box.width == 1200
    assert node_named(phone, "Wi-Fi").box.right <= 1200
    phone.settings["system"]["accelerometer_rotation"] = "1"
    assert phone.rotation == 0, "auto-rotate follows how the phone is held"
    phone.tilt = 3
    assert phone.rotation == 3


def test_asleep_it_is_black_and_deaf(phone: Phone) -> None:
    phone.key((223,))
    assert not phone.awake
    assert not phone.frame().any()
    phone.touch([(0.0, 100, 1000)])
    phone.key((3,))
    phone.key((224,))
    assert not phone.locked
    assert phone.frame().any()


def test_a_lock_screen_opens_by_a_swipe_and_by_the_right_pin_only() -> None:
    phone = Phone(SIZE, locked=True, animations=False)
    phone.key((3,))
    phone.key((4,))
    assert phone.locked
    assert phone.front == ("com.android.systemui", "NotificationShade")
    drag(phone, (0.5, 0.8), (0.5, 0.3), 0.2)
    assert not phone.locked
    phone.key((26,))
    phone.key((26,))
    assert phone.locked, "a phone with a lock screen locks when it sleeps"
    phone = Phone(SIZE, locked=True, pin="1379", animations=False)
    drag(phone, (0.5, 0.8), (0.5, 0.3), 0.2)
    tap(phone, "1", "1", "Enter")
    assert phone.locked
    assert find_node(phone, "Wrong PIN")
    tap(phone, "1", "3", "7", "9", "Enter")
    assert not phone.locked


def test_the_dark_theme_changes_the_pixels(phone: Phone) -> None:
    tap(phone, "Settings", "Display")
    light = phone.frame().mean()
    tap(phone, "Dark theme")
    assert phone.settings["secure"]["ui_night_mode"] == "2"
    assert phone.frame().mean() < light / 3


def test_a_still_phone_gives_the_same_frame_and_a_minute_a_new_one() -> None:
    clock, wall = Time(), Time()
    phone = Phone(SIZE, clock=clock, wall=wall)
    first = phone.frame()
    assert phone.frame() is first
    wall.now += 60
    assert not np.array_equal(first, phone.frame())
    assert not phone.frame().flags.writeable


def test_a_new_screen_slides_in_and_then_stands_still() -> None:
    clock = Time()
    phone = Phone(SIZE, clock=clock)
    phone.frame()
    tap(phone, "Settings")
    assert phone.animating
    first = phone.frame()
    clock.now += 0.1
    second = phone.frame()
    clock.now += 1.0
    last = phone.frame()
    assert not phone.animating
    assert not np.array_equal(first, second)
    assert not np.array_equal(second, last)
    assert phone.frame() is last
    phone.toast("Hello")
    assert not np.array_equal(last, phone.frame())
    clock.now += 4
    assert np.array_equal(last, phone.frame()), "a toast goes away"


def test_links_and_activities_open_and_what_is_not_there_is_said(phone: Phone) -> None:
    assert phone.start("", uri="https://ferry.example/timetable")
    assert find_node(phone, "ferry.example/timetable cannot be reached: this phone has no network.")
    assert phone.start("com.android.settings", ".Settings$WifiSettingsActivity")
    assert find_node(phone, "Use Wi-Fi")
    assert not phone.start("com.nowhere")
    assert not phone.start("com.android.settings", ".Nowhere")
    with pytest.raises(KeyError, match="content://notes"):
        phone.rows("content://nowhere")
    with pytest.raises(ValueError, match="title, body"):
        phone.insert("content://notes", {"headline": "x"})


def test_rows_put_in_show_and_rows_taken_out_go(phone: Phone) -> None:
    phone.start("com.android.messaging")
    phone.insert("content://sms", {"address": "Ada", "body": "Hello there"})
    assert find_node(phone, "Unread")
    tap(phone, "Ada", "Text message")
    phone.commit("Hi\n")
    assert [(row["body"], row["type"], row["read"]) for row in phone.rows("content://sms")[-2:]] == [
        ("Hello there", "1", "1"),
        ("Hi", "2", "1"),
    ]
    phone.delete("content://sms/8")
    assert find_node(phone, "Hello there") is None
    phone.delete("content://sms")
    assert phone.rows("content://sms") == []


def test_a_hardware_keyboard_reaches_the_lock_screen() -> None:
    locked = Phone(SIZE, locked=True, pin="1379", animations=False)
    drag(locked, (0.5, 0.8), (0.5, 0.3), 0.2)
    locked.commit("13790\b")
    assert locked.locked
    locked.key((66,))
    assert not locked.locked


def test_an_unread_message_is_a_notification_that_opens_it(phone: Phone) -> None:
    phone.insert("content://sms", {"address": "Ada", "body": "Lunch at one?", "date": "1760000000"})
    drag(phone, (0.5, 0.005), (0.5, 0.5))
    tap(phone, "Lunch at one?")
    assert phone.front == ("com.android.messaging", "com.android.messaging.ui.conversation.ConversationActivity")
    assert phone.rows("content://sms/8")[0]["read"] == "1"
    drag(phone, (0.5, 0.005), (0.5, 0.5))
    assert find_node(phone, "No notifications")
    phone.key((4,))
    assert find_node(phone, "Text message"), "back closes the shade only"


def test_everything_that_arrives_is_counted_once(phone: Phone) -> None:
    threads = [threading.Thread(target=phone.key, args=((24,),)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    phone.touch([(0.0, 5, 6), (0.25, 7, 8)])
    assert phone.input_log == ["key 24"] * 20 + ["touch 5,6 to 7,8 in 0.25 s"]


def test_no_order_of_touches_keys_and_texts_brings_it_down() -> None:
    draw = random.Random(4711)
    phone = Phone(SIZE, animations=False)
    for step in range(int(os.environ.get("SCREENHAND_MONKEY", "300"))):
        width, height = phone.size
        nodes = [node for node in phone.tree().walk() if node.clickable or node.long_clickable]
        at = draw.choice(nodes).box.center if nodes and draw.random() < 0.7 else None
        x, y = (at.x, at.y) if at else (draw.randrange(width), draw.randrange(height))
        match draw.randrange(12):
            case 0:
                drag(phone, (draw.random(), draw.random()), (draw.random(), draw.random()), draw.choice([0.1, 1.0]))
            case 1:
                phone.touch([(0.0, x, y), (0.7, x, y)])
            case 2:
                phone.key((draw.choice([3, 4, 4, 4, 24, 26, 61, 66, 67, 82, 187, 187, 223, 224, 224, 279, 19, 112]),))
            case 3:
                phone.commit(draw.choice(["7", "12", "Ada", "\n", "x y", "http://z", "日本", "a\nb", "%", "9" * 50]))
            case 4:
                phone.settings["system"]["user_rotation"] = draw.choice("0001")
                phone.key((224,))
            case 5:
                phone.start(draw.choice(list(phone.packages)))
            case _:
                phone.touch([(0.0, x, y)])
        for node in phone.tree().walk():
            assert 0 <= node.box.left <= node.box.right <= phone.size[0], (step, node)
            assert 0 <= node.box.top <= node.box.bottom <= phone.size[1], (step, node)
        if step % 8 == 0:
            assert phone.frame().shape == (phone.size[1], phone.size[0], 3)

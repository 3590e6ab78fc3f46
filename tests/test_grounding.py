"""What words mean among elements: names, roles, relations, order; and equals are never chosen between."""

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from agent.grounding.find import Candidate, find
from agent.grounding.label_at import label_at
from agent.grounding.resolve import MOST_EQUAL, Ambiguous, NotFound, resolve
from agent.grounding.similarity import label_similarity, min_similarity
from agent.grounding.target import Side, Target
from agent.grounding.windows import title_similarity
from agent.screen.screen import Screen
from agent.screen.text import ScreenText, TextLine, Word, around
from devices import Box, Element, Observation, Point
from devices.device import Surface

UNIT = 12


class HandMade(Screen):
    """A screen of elements made by hand, with nothing drawn; a line of text is as high as its lowest element."""

    @property
    def unit(self) -> int:
        return min((e.box.height for e in self.seen.elements if e.role == "text"), default=UNIT)


def nothing(_: Observation) -> ScreenText:
    return ScreenText(())


def screen(*elements: Element, fresh: Box | None = None, times: int = 1, surface: Surface = "phone") -> HandMade:
    """The screen that shows `elements`, everything `times` as large; a phone lists all that there is."""
    large = tuple(replace(e, box=Box(*(times * edge for edge in edges(e.box)))) for e in elements)
    pixels = np.zeros((600 * times, 800 * times, 3), np.uint8)
    return HandMade(Observation(pixels, elements=large, surface=surface), nothing, fresh)


def edges(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom


def button(text: str, left: int, top: int, **states: object) -> Element:
    return replace(Element("button", text, Box(left, top, left + 80, top + 24)), **states)  # type: ignore[arg-type]


def text(words: str, left: int, top: int, role: str = "text") -> Element:
    return Element(role, words, Box(left, top, left + 7 * len(words), top + UNIT))


def field(name: str, left: int, top: int, **states: object) -> Element:
    return replace(Element("field", name, Box(left, top, left + 200, top + 24)), **states)  # type: ignore[arg-type]


def rows(*names: str) -> tuple[Element, ...]:
    """A table of people with a button "Delete" and a button "Edit" in each row."""
    found: list[Element] = []
    for number, name in enumerate(names):
        top = 100 + 40 * number
        found += [text(name, 40, top + 6), button("Edit", 300, top), button("Delete", 400, top)]
    return tuple(found)


def meant(target: Target, on: Screen) -> Element | str:
    """The element that is meant, or the reason why none is."""
    match resolve(target, on):
        case Candidate(element):
            return element
        case other:
            return str(other)


SIGN_IN = (text("Sign in", 40, 20, "heading"), field("Email", 40, 60), button("Sign in", 40, 120))
SURFACES: tuple[Surface, ...] = ("phone", "computer")


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("role", ["", "button"])
def test_a_control_is_meant_and_not_the_heading_above_it(role: str, surface: Surface) -> None:
    found = meant(Target("Sign in", role), screen(*SIGN_IN, surface=surface))
    assert isinstance(found, Element)
    assert found.role == "button"


def test_a_heading_is_never_taken_for_a_button() -> None:
    only = screen(text("Sign in", 40, 20, "heading"), field("Email", 40, 60))
    assert find(Target("Sign in", "button"), only) == ()
    assert "there is only a heading" in str(meant(Target("Sign in", "button"), only))
    assert find(Target("Email", "button"), only) == ()


def test_a_text_is_taken_for_a_button_at_a_price_and_with_a_reason() -> None:
    found = find(Target("Continue", "button"), screen(text("Continue", 40, 20), button("Contin", 40, 200)))
    assert found[0].element.role == "text"
    assert "no button has that name" in found[0].why
    both = screen(text("Continue", 40, 20), button("Continue", 40, 200))
    assert find(Target("Continue", "button"), both)[0].element.role == "button"


ROLES = {
    "link": ("link", "Terms"),
    "checkbox": ("switch", "Wi-Fi"),
    "switch": ("checkbox", "Wi-Fi"),
    "icon": ("button", "Undo"),
    "choice": ("choice", "Country"),
    "field": ("password", "Secret"),
    "slider": ("slider", "Volume"),
    "item": ("menuitem", "Paste"),
    "tab": ("tab", "General"),
}


@pytest.mark.parametrize("asked", ROLES)
def test_a_role_means_what_people_call_so(asked: str) -> None:
    role, name = ROLES[asked]
    on = screen(text(name, 40, 20), Element(role, name, Box(40, 60, 140, 84)))
    found = meant(Target(name, asked), on)
    assert isinstance(found, Element)
    assert found.role == role


def test_equals_are_named_with_their_places_and_none_is_taken() -> None:
    found = resolve(Target("Delete"), screen(*rows("Ada", "Bob", "Eve", "Kim")))
    assert isinstance(found, Ambiguous)
    assert len(found.candidates) == 4
    assert str(found).startswith("'Delete' is there 4 times: in the row of 'Ada'; in the row of 'Bob'; in the row of")
    assert "and 1 more" in str(found)
    assert len(str(found)) <= 300


def test_many_equals_are_counted_and_the_first_of_them_described() -> None:
    many = [button("Delete", 90 * (i % 8), 40 * (i // 8)) for i in range(MOST_EQUAL + 10)]
    found = resolve(Target("Delete"), screen(*many))
    assert isinstance(found, Ambiguous)
    assert (len(found.candidates), len(found.places)) == (MOST_EQUAL + 10, MOST_EQUAL)
    assert f"is there {MOST_EQUAL + 10} times" in str(found)
    assert f"and {MOST_EQUAL + 7} more" in str(found)


@pytest.mark.parametrize(
    ("role", "name", "target"),
    [("button", "Delete", Target("Delete")), ("field", "", Target("7777", "field"))],
    ids=["equal buttons", "fields and labels"],
)
def test_a_thousand_things_are_told_apart_in_time(role: str, name: str, target: Target) -> None:
    many: list[Element] = []
    for number in range(1000):
        x, y = 20 * (number % 40), 24 * (number // 40)
        label = Element("text", str(7000 + number), Box(x, y + 4, x + 8, y + 16))
        many += [label, Element(role, name, Box(x + 10, y, x + 18, y + 20))]
    started = time.process_time()
    assert not isinstance(resolve(target, screen(*many)), NotFound)
    assert time.process_time() - started < 2  # of the CPU: what else runs does not count


@pytest.mark.parametrize(
    ("name", "title", "score"),
    [
        ("Files", "Files", 100.0),
        ("Files", "report - Files", 95.0),
        ("e", "Files", 0.0),
        ("File", "Profiles of users", 0.0),
        ("C++", "main.c - C++", 95.0),
        ("", "Files", 0.0),
    ],
)
def test_a_window_is_called_by_whole_words_of_its_title(name: str, title: str, score: float) -> None:
    assert title_similarity(name, title) == score


ORDINALS = [(1, 100), (2, 140), (-1, 180)]


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(("ordinal", "top"), ORDINALS)
def test_equals_are_counted_in_reading_order(ordinal: int, top: int, surface: Surface) -> None:
    found = meant(Target("Delete", "button", ordinal), screen(*reversed(rows("Ada", "Bob", "Eve")), surface=surface))
    assert isinstance(found, Element)
    assert found.box.top == top


def test_there_is_no_fourth_of_three() -> None:
    assert find(Target("Delete", "", 4), screen(*rows("Ada", "Bob", "Eve"))) == ()


RELATIONS: list[tuple[str, Side, str, Box]] = [
    ("Delete", "row", "Bob", Box(400, 140, 480, 164)),
    ("Delete", "right", "Bob", Box(400, 140, 480, 164)),
    ("Edit", "near", "Eve", Box(300, 180, 380, 204)),
    ("Delete", "below", "Bob", Box(400, 180, 480, 204)),
    ("Delete", "above", "Bob", Box(400, 100, 480, 124)),
    ("", "left", "Kim", Box(10, 220, 30, 244)),
]


@pytest.mark.parametrize(("what", "side", "anchor", "box"), RELATIONS)
@pytest.mark.parametrize("times", [1, 3])
def test_a_thing_is_found_by_another(what: str, side: Side, anchor: str, box: Box, times: int) -> None:
    table = (*rows("Ada", "Bob", "Eve", "Kim"), Element("checkbox", "", Box(10, 220, 30, 244), checked=False))
    role = "button" if what else "checkbox"
    found = meant(Target(what, role, 0, side, Target(anchor)), screen(*table, times=times))
    assert isinstance(found, Element), found
    assert edges(found.box) == tuple(times * edge for edge in edges(box))


def test_a_row_that_is_there_twice_is_no_answer() -> None:
    found = resolve(Target("Delete", "", 0, "row", Target("Bob")), screen(*rows("Ada", "Bob", "Bob")))
    assert isinstance(found, Ambiguous)


def test_the_window_in_front_is_meant_and_another_where_it_is_named() -> None:
    front = Element("window", "Export", Box(0, 0, 300, 300), focused=True)
    behind = Element("window", "Editor", Box(310, 0, 800, 600))
    on = screen(front, behind, button("OK", 40, 100), button("OK", 500, 100))
    assert meant(Target("OK"), on) == button("OK", 40, 100)
    assert meant(Target("OK", "", 0, "in", Target("Editor", "window")), on) == button("OK", 500, 100)


def test_a_field_is_found_under_its_heading() -> None:
    form = (
        text("Billing address", 40, 20, "heading"),
        field("City", 40, 60),
        text("Shipping address", 40, 120, "heading"),
        field("City", 40, 160),
    )
    assert isinstance(resolve(Target("City", "field"), screen(*form)), Ambiguous)
    for heading, top in (("Billing address", 60), ("Shipping address", 160)):
        found = meant(Target("City", "field", 0, "in", Target(heading, "section")), screen(*form))
        assert found == field("City", 40, top)


def test_a_label_and_what_it_names_are_one() -> None:
    on = screen(text("Name", 40, 60), field("Name", 120, 54), text("Password", 40, 100), field("Password", 120, 94))
    assert meant(Target("Name"), on) == field("Name", 120, 54)
    assert meant(Target("", "field", 0, "below", Target("Name")), on) == field("Password", 120, 94)


def test_a_hint_counts_a_little_less_than_a_name() -> None:
    hinted, named = button("", 40, 40, hint="Save the document"), button("Save the document", 200, 40)
    found = find(Target("Save the document"), screen(hinted, named))
    assert [each.element for each in found] == [named, hinted]
    assert meant(Target("Save the document"), screen(hinted)) == hinted


def test_a_drawn_field_is_known_by_what_is_in_it_where_a_field_is_asked_for() -> None:
    below = field("Add task", 40, 40, value="What is to be done?", source="drawn")
    assert meant(Target("What is to be done?", "field"), screen(below)) == below
    assert find(Target("What is to be done?"), screen(below)) == ()
    listed = replace(below, source="device")
    assert find(Target("What is to be done?", "field"), screen(listed)) == ()


def test_a_run_of_words_is_found_in_a_longer_text_with_its_own_box() -> None:
    long = text("I forgot my password again", 100, 40)
    found = resolve(Target("my password"), screen(long))
    assert isinstance(found, Candidate)
    assert found.part
    assert found.element.text == "my password"
    assert long.box.left < found.element.box.left < found.element.box.right < long.box.right
    whole = screen(long, text("My password", 100, 80))
    assert meant(Target("my password"), whole) == text("My password", 100, 80)


def test_what_is_disabled_is_found_and_said_to_be() -> None:
    found = find(Target("Save"), screen(button("Save", 40, 40, enabled=False)))
    assert "it is disabled" in found[0].why


def test_what_just_opened_is_meant_and_not_what_was_there() -> None:
    menu = Box(300, 100, 460, 220)
    both = (button("Open", 40, 40), Element("menuitem", "Open", Box(310, 110, 450, 134)))
    assert isinstance(resolve(Target("Open"), screen(*both)), Ambiguous)
    assert meant(Target("Open"), screen(*both, fresh=menu)) == both[1]


NEAR: list[tuple[Target, Sequence[str]]] = [
    (Target("Basket"), ["the closest are 'Base' and 'Basic'"]),
    (Target("quarterly figures"), ["is not on the screen"]),
]


@pytest.mark.parametrize(("target", "words"), NEAR)
def test_what_is_not_there_is_reported_as_people_would(target: Target, words: Sequence[str]) -> None:
    found = resolve(target, screen(button("Base", 40, 40), button("Basic", 140, 40), text("~|=", 40, 100)))
    assert isinstance(found, NotFound), found
    assert all(word in str(found) for word in words), str(found)
    assert "~" not in str(found)
    assert not any(character.isdigit() for character in str(found))


def test_the_label_at_a_point_is_the_name_of_the_element_there() -> None:
    on = screen(text("Danger zone", 40, 20), button("Delete all", 40, 60), button("", 200, 60, hint="Undo"))
    assert [label_at(on, point) for point in (Point(60, 70), Point(45, 24), Point(210, 70), Point(700, 500))] == [
        "Delete all",
        "Danger zone",
        "Undo",
        "",
    ]


SIMILAR = [
    ("Save", "Save", True),
    ("Save", "save...", True),
    ("Line Numbers", "Llne Numbers", True),
    ("Name", "Name:", True),
    ("plus", "+", True),
    ("Wi-Fi", "WiFi", True),
    ("Save", "Safe", False),
    ("First name", "Last name", False),
    ("Row 150", "Row 15", False),
    ("7", "70 items", False),
    ("Export settings", "Settings", False),
]


@pytest.mark.parametrize(("wanted", "label", "same"), SIMILAR)
def test_a_label_is_accepted_or_not(wanted: str, label: str, same: bool) -> None:
    assert (label_similarity(wanted, label) >= min_similarity(wanted)) is same


def test_a_word_and_a_line_are_found_where_text_is_written() -> None:
    area = Element("field", "Notes", Box(20, 80, 420, 300), editable=True)
    lines = [
        TextLine(tuple(Word(w, Box(30 + 60 * i, top, 80 + 60 * i, top + 12), 1.0) for i, w in enumerate(words.split())))
        for words, top in (("buy milk today", 90), ("call Bob", 110))
    ]

    class Read(HandMade):
        @property
        def text(self) -> ScreenText:
            return ScreenText(tuple(lines))

    on = Read(screen(area).seen, nothing)
    assert meant(Target("milk", "word"), on) == Element("text", "milk", Box(90, 90, 140, 102), source="text")
    second = meant(Target("", "line", 2), on)
    assert isinstance(second, Element)
    assert second.box == around(word.box for word in lines[1].words)

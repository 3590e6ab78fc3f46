"""Pages told in sentences: what is understood of them, and what is read off the page to answer them."""

import numpy as np
import pytest

from agent.builtin import instructions
from agent.builtin.page.deeds_of_text import (
    ClickMost,
    Complete,
    DeleteFile,
    EnterMoment,
    FillFrom,
    FillMatching,
    Guess,
    HandIn,
    LookUp,
    NthWord,
    OnPosts,
    PressUntil,
    Solution,
    ValueOf,
    WithMail,
    WriteRead,
)
from agent.builtin.page.extracting import value_of
from agent.builtin.page.fields import field_named, text_areas, text_boxes
from agent.builtin.page.filling import figures
from agent.builtin.page.icons import OUTLINES, drawn, icons, likeness
from agent.builtin.page.listing import minutes_in
from agent.builtin.page.playing import best_move
from agent.builtin.page.reading import page_meaning
from agent.builtin.phrases import unquoted
from agent.builtin.screen_text import ScreenText, TextLine, Word
from devices import Box
from devices.device import Pixels

READ = [
    ("Enter 05/20/2010 as the date and hit submit.", [EnterMoment("05/20/2010"), HandIn("submit")]),
    (
        "Enter the value of Last name into the field and press Submit.",
        [WriteRead(ValueOf("Last name")), HandIn("Submit")],
    ),
    ("Enter the value that corresponds with each label into the form, and submit.", [FillMatching(), HandIn("submit")]),
    (
        "Find the 3rd word in the paragraph and type it into the textbox.",
        [WriteRead(NthWord(3))],
    ),
    ("Solve the math problem and type your answer into the textbox.", [WriteRead(Solution())]),
    ("Solve for y and type your answer into the textbox.", [WriteRead(Solution("y"))]),
    ("Generate an odd number, then press submit.", [PressUntil("Generate", "odd"), HandIn("submit")]),
    ("Generate a number greater than 4, then press submit.", [PressUntil("Generate", "more", 4), HandIn("submit")]),
    ("Guess the number between 0-9 and press Submit.", [Guess(0, 9, "Submit")]),
    ("Buy the ticket with the shortest duration.", [ClickMost("duration", False)]),
    ("Book the trip with the highest price.", [ClickMost("price", True)]),
    ("Find Ada in the contact book and click on their phone number.", [LookUp("Ada", "phone number")]),
    ('Enter an item that starts with "An" and ends with "ica".', [Complete("An", "ica"), HandIn()]),
    (
        "Search for crime movies directed by Curry from year 1995.",
        [FillFrom("crime movies directed by Curry from year 1995"), HandIn()],
    ),
    ("For the user @leo, click on the 'Like' button.", [OnPosts("@leo", "Like")]),
    (
        "Click the 'Reply' button on all posts by @leo and click Submit.",
        [OnPosts("@leo", "Reply", 0), HandIn("Submit")],
    ),
    ("Use the terminal below to delete a file ending with the extension .gif", [DeleteFile(".gif")]),
    (
        "Find the email by Ada and reply with the text 'Yes, at two.'.",
        [WithMail("Ada", "reply", "Yes, at two.")],
    ),
    ("Give Bert the message you received from Ada.", [WithMail("Ada", "forward", "Bert")]),
    ("Bert is waiting for the email by Ada.", [WithMail("Ada", "forward", "Bert")]),
    ("Ada's email should be deleted from the inbox.", [WithMail("Ada", "delete")]),
    ("Respond with 'Thanks.' to Ada's email from Tuesday.", [WithMail("Ada", "reply", "Thanks.")]),
    ("Please find the email Ada sent me and file it as important", [WithMail("Ada", "star")]),
]


@pytest.mark.parametrize(("goal", "meant"), READ, ids=[goal for goal, _ in READ])
def test_a_page_is_told_in_the_words_people_use(goal: str, meant: list[object]) -> None:
    found = instructions(goal)
    assert list(found) == meant


@pytest.mark.parametrize(
    "goal", ["Open the message window", "Type 'mail from Ada' into the Subject field", "Send the file to the printer"]
)
def test_a_desktop_sentence_with_a_word_of_mail_is_no_deed_of_mail(goal: str) -> None:
    text, quotes = unquoted(goal)
    assert page_meaning(text, quotes) is None


@pytest.mark.parametrize(
    ("said", "typed"),
    [("05/20/2010", "05202010"), ("9:37 PM", "0937PM"), ("11:05 am", "1105AM"), ("1/2/2020", "01022020")],
)
def test_a_date_is_typed_figure_by_figure_with_its_zeros(said: str, typed: str) -> None:
    assert figures(said) == typed


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("11h 30m", 690.0), ("2h", 120.0), ("45m", 45.0), ("1d 2h 3m", 1563.0), ("Book for $12", None)],
)
def test_a_duration_is_compared_in_minutes(said: str, minutes: float | None) -> None:
    assert minutes_in(said) == minutes


def written(*lines: tuple[str, int, int], scale: int = 3) -> ScreenText:
    """Lines of text at (left, top), 30 pixels high, 15 a letter."""
    made = []
    for text, left, top in lines:
        words, at = [], left
        for word in text.split():
            words.append(Word(word, Box(at, top, at + 15 * len(word), top + 30), 1.0))
            at += 15 * len(word) + 12
        made.append(TextLine(tuple(words)))
    return ScreenText(tuple(made), (), scale)


def test_a_value_is_what_stands_beside_its_label_and_not_a_value_like_the_label() -> None:
    text = written(("Name", 20, 100), ("Color", 300, 100), ("Color", 20, 150), ("blue green", 300, 150))
    assert value_of("Color", text) == "blue green"
    assert value_of("Name", text) == "Color"
    assert value_of("Size", text) is None


def page(*boxes: tuple[Box, int]) -> Pixels:
    """White pixels with framed boxes, each filled with a grey."""
    pixels = np.full((700, 500, 3), 255, np.uint8)
    for box, grey in boxes:
        pixels[box.top : box.bottom, box.left : box.right] = 100
        pixels[box.top + 3 : box.bottom - 3, box.left + 3 : box.right - 3] = grey
    pixels.setflags(write=False)
    return pixels


def test_a_grey_button_and_a_table_are_no_fields() -> None:
    field, button = Box(10, 100, 300, 164), Box(10, 200, 300, 294)
    cells = (Box(10, 400, 150, 447), Box(150, 400, 300, 447), Box(10, 447, 150, 494), Box(150, 447, 300, 494))
    pixels = page((field, 255), (button, 239), *((cell, 255) for cell in cells))
    text = ScreenText(written(("Name:", 10, 60)).lines, (field, button, *cells), 3)
    assert text_boxes(text, pixels) == (field,)
    assert field_named("name", text, pixels) == field


def test_a_field_in_two_frames_while_it_has_the_focus_is_one_area_still() -> None:
    area, inner, field = Box(6, 358, 415, 452), Box(12, 364, 409, 446), Box(6, 468, 391, 532)
    text = ScreenText(written(("Pretium", 20, 370), ("volutpat", 20, 410)).lines, (area, inner, field), 3)
    pixels = page((area, 255), (inner, 255), (field, 255))
    assert text_boxes(text, pixels) == (field,)
    assert text_areas(text, pixels) == (area,)


@pytest.mark.parametrize("name", sorted(OUTLINES))
def test_no_icon_looks_like_another(name: str) -> None:
    own = drawn(OUTLINES[name])
    rated = {other: likeness(own, drawn(outline)) for other, outline in OUTLINES.items()}
    assert max(rated, key=lambda other: rated[other]) == name
    assert sorted(rated.values())[-2] < 0.8


def test_an_icon_is_found_where_it_is_drawn_and_text_is_none() -> None:
    pixels = np.full((200, 300, 3), 255, np.uint8)
    star = np.kron(drawn(OUTLINES["star"]).astype(np.uint8), np.ones((3, 3), np.uint8))
    pixels[50:86, 100:136][star > 0] = 120
    pixels[120:124, 10:290] = 0
    found = icons(Box(0, 0, 300, 200), pixels, 3)
    assert len(found) == 1
    assert abs(found[0][0].center.x - 118) <= 2
    assert likeness(found[0][1], drawn(OUTLINES["star"])) > 0.8


def test_noughts_and_crosses_takes_the_win_and_else_stops_the_other() -> None:
    assert best_move({0, 1}, {3, 4}) == 2
    assert best_move({0, 8}, {3, 4}) == 5

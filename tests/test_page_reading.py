"""Sentences of web pages, and sentences of desktops that are none."""

import pytest

from agent.builtin.instructions import Choose, ClickOn, FollowMenu, Instruction, ScrollTo, Target
from agent.builtin.page.deeds import PageDeed
from agent.builtin.page.deeds_of_drawing import (
    DragAway,
    DragInto,
    DrawThrough,
    MarkParagraph,
    MoveItem,
    Resize,
    SortRows,
)
from agent.builtin.page.deeds_of_text import HandIn
from agent.builtin.page.deeds_of_values import PickDate, PutInto, SlideTo, SpinTo
from agent.builtin.page.deeds_of_widgets import (
    ClickShape,
    Explore,
    GridPoint,
    Looks,
    PickEach,
    PickFrom,
    Tally,
    ThroughMenu,
    Unfold,
)
from agent.builtin.sentences import instructions

SUBMIT = HandIn("Submit")


@pytest.mark.parametrize(
    ("goal", "meant"),
    [
        ("Select Anna, Bob and click Submit.", (PickEach(("Anna", "Bob")), SUBMIT)),
        ("Select nothing and click Submit.", (PickEach(()), SUBMIT)),
        ("Select Peru from the list and click Submit.", (PickFrom("Peru"), SUBMIT)),
        ("Choose 5ft 9in from the dropdown and press OK", (PickFrom("5ft 9in"), HandIn("OK"))),
        (
            "Select Peru, Chad from the scroll list and click Submit.",
            (PickEach(("Peru", "Chad"), listed=True), SUBMIT),
        ),
        (
            "Switch between the tabs to find and click on the link 'News'.",
            (Explore("News", "link"),),
        ),
        ("Expand the sections below, to find and click on the link 'News'.", (Explore("News", "link"),)),
        (
            "Navigate through the file tree. Find and click on the folder or file named 'Ada'.",
            (Explore("Ada"),),
        ),
        ("Expand the section below and click submit.", (Unfold(), HandIn("submit"))),
        ("Select Ada>Bob>Cy", (ThroughMenu(("Ada", "Bob", "Cy")),)),
        ("Focus into the 3rd input textbox.", (ClickOn(Target("", "field", 3)),)),
        ("Click on a 'textarea' widget.", (ClickOn(Target("", "area")),)),
        ("Click the button in the dialog box labeled 'OK'.", (ClickOn(Target("OK", "button")),)),
        ("Close the dialog box by clicking the 'x'.", (ClickOn(Target("x")),)),
        ("Click on the red colored box.", (ClickShape(Looks(colour="red", shape="rectangle")),)),
        ("Click on a small aqua circle", (ClickShape(Looks("small", "aqua", "circle")),)),
        ("Click on a large W", (ClickShape(Looks("large", shape="W")),)),
        ("Select all the shades of blue and press Submit.", (ClickShape(Looks(colour="blue"), every=True), SUBMIT)),
        ("How many large yellow items are there?", (Tally(Looks("large", "yellow")),)),
        ("How many rectangles are there?", (Tally(Looks(shape="rectangle")),)),
        ("Click on the grid coordinate (-2,1).", (GridPoint(-2, 1),)),
        ("Drag all circles into the black box.", (DragInto(Looks(shape="circle")),)),
        (
            "Drag all red shapes into the left box, and everything else into the right box.",
            (DragInto(Looks(colour="red"), "left"), DragInto(Looks(colour="red"), "right", rest=True)),
        ),
        ("Drag the circle left then press Submit.", (DragAway("left"), SUBMIT)),
        ("Drag Ada to the 3rd position.", (MoveItem("Ada", "3"),)),
        ("Drag Ada up by one.", (MoveItem("Ada", "up 1"),)),
        ("Drag Ada to the top center.", (MoveItem("Ada", "top center"),)),
        (
            "Sort the numbers in increasing order, starting with the lowest number at the top of the list.",
            (SortRows(),),
        ),
        (
            "Resize the textarea so that the height is larger than its initial size then press Submit.",
            (Resize("height", larger=True), SUBMIT),
        ),
        (
            "Draw a vertical line that runs through the dot, then press submit.",
            (DrawThrough("vertical"), HandIn("submit")),
        ),
        ("Highlight the text in the 2nd paragraph and click Submit.", (MarkParagraph(2), SUBMIT)),
        ("Select -12 with the slider and hit Submit.", (SlideTo((-12,)), SUBMIT)),
        (
            "Set the sliders to the combination [3,0,17] and submit.",
            (SlideTo((3, 0, 17)), HandIn("submit")),
        ),
        ("Select 7 with the spinner and hit Submit.", (SpinTo(7), SUBMIT)),
        ("Select teal with the color picker and hit Submit.", (PutInto("008080"), SUBMIT)),
        ("Select 11/03/2016 as the date and hit Submit.", (PickDate(2016, 11, 3), SUBMIT)),
        (
            "Scroll the textarea to the bottom of the text hit Submit.",
            (ScrollTo("down", 100), SUBMIT),
        ),
    ],
)
def test_a_page_s_sentence_means_what_a_person_means(goal: str, meant: tuple[Instruction, ...]) -> None:
    assert instructions(goal) == meant


@pytest.mark.parametrize(
    "goal",
    [
        "click Save, then click Close",
        "select File > Save As",
        "select all and press delete",
        "drag a.txt to the Documents folder",
        "scroll down until 'X' is visible",
        "click the red button",
        "click the box",
        "choose 'Courier' in the Font list and click OK",
    ],
)
def test_a_desktop_s_sentence_is_not_taken_for_a_page_s(goal: str) -> None:
    assert not any(isinstance(each, PageDeed) for each in instructions(goal))


def test_a_menu_with_blanks_around_its_signs_is_still_opened_by_clicks() -> None:
    assert isinstance(instructions("select File > Save")[0], FollowMenu)


def test_one_name_is_chosen_as_on_a_desktop() -> None:
    assert instructions("Select Anna and click Submit.")[0] == Choose(Target("Anna"))

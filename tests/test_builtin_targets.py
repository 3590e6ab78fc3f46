"""The target that is meant is found among others like it, by its words, its order, its place and its kind."""

import pytest

from agent.builtin.phrases import target
from agent.builtin.quotes import Quotes
from agent.grounding.find import find
from agent.grounding.similarity import similarity, tidy
from agent.grounding.target import Target
from agent.screen.ocr import Reader
from agent.screen.screen import Screen
from devices import Box, Element, Point
from tests.doubles.drawn import Drawn

NOTHING = Quotes((), ())


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


FORM = (
    Drawn((800, 500))
    .text("Name", 60, 66)
    .frame(Box(140, 60, 400, 90))
    .text("Password", 60, 116)
    .frame(Box(140, 110, 400, 140))
    .tick_box("Remember me", 140, 160)
    .tick_box("Send news", 140, 190, ticked=True)
    .button("Delete", 140, 230)
    .text("Bob", 60, 286)
    .button("Delete", 140, 280)
    .text("Eve", 60, 336)
    .button("Delete", 140, 330)
    .button("Save", 420, 430)
    .button("Save As", 540, 430)
    .text("File", 10, 5)
    .text("Edit", 60, 5)
)

FOUND: list[tuple[str, Box]] = [
    ("Save", Box(420, 430, 510, 460)),
    ("the Save As button", Box(540, 430, 630, 460)),
    ("save as", Box(540, 430, 630, 460)),
    ("the File menu", Box(0, 0, 50, 30)),
    ("the Name field", Box(140, 60, 400, 90)),
    ("password field", Box(140, 110, 400, 140)),
    ("the second field", Box(140, 110, 400, 140)),
    ("the 'Remember me' checkbox", Box(140, 160, 156, 176)),
    ("the second checkbox", Box(140, 190, 156, 206)),
    ("the first Delete button", Box(140, 230, 230, 260)),
    ("the third 'Delete'", Box(140, 330, 230, 360)),
    ("the last Delete", Box(140, 330, 230, 360)),
    ("the Delete button next to Bob", Box(140, 280, 230, 310)),
    ("Delete to the right of Eve", Box(140, 330, 230, 360)),
    ("the button right of Bob", Box(140, 280, 230, 310)),
    ("Delete below Password", Box(140, 230, 230, 260)),
    ("(33, 44)", Box(33, 44, 34, 45)),
]


@pytest.mark.parametrize(("phrase", "place"), FOUND, ids=[phrase for phrase, _ in FOUND])
def test_the_target_meant_is_found(phrase: str, place: Box, reader: Reader) -> None:
    quoted = phrase.replace("'", "")
    meant = target(quoted, NOTHING)
    assert meant is not None
    found = find(meant, Screen(FORM.seen, reader.read))
    assert found, meant
    assert found[0].at in place, found[0]


@pytest.mark.parametrize("phrase", ["Quit", "Sane", "the fourth Delete", "Delete below Save", "8"])
def test_what_is_not_there_is_not_found(phrase: str, reader: Reader) -> None:
    meant = target(phrase, NOTHING)
    assert meant is not None
    assert find(meant, Screen(FORM.seen, reader.read)) == ()


def test_the_window_in_front_comes_first(reader: Reader) -> None:
    drawn = Drawn((800, 400)).button("OK", 40, 100).button("OK", 500, 100)
    left, right = Element("window", "Left", Box(0, 0, 380, 400)), Element("window", "Right", Box(400, 0, 800, 400))
    for front, behind in ((left, right), (right, left)):
        drawn.windows = [Element("window", front.text, front.box, focused=True), behind]
        found = find(Target("OK"), Screen(drawn.seen, reader.read))
        assert found[0].at in front.box
        named = find(Target("OK", "", 0, "in", Target(behind.text, "window")), Screen(drawn.seen, reader.read))
        assert named[0].at in behind.box


def test_what_just_appeared_comes_first(reader: Reader) -> None:
    drawn = Drawn().text("Open", 40, 100).text("Open", 400, 300)
    menu = Box(380, 280, 500, 340)
    assert find(Target("Open"), Screen(drawn.seen, reader.read, menu))[0].at in menu


@pytest.mark.parametrize(
    ("wanted", "found", "least", "most"),
    [
        ("Save", "Save", 100, 100),
        ("Save As", "Save As...", 100, 100),
        ("Line Numbers", "Llne Numbers", 90, 99),
        ("Save", "Safe", 60, 80),
        ("Row number 150", "Row number 15", 0, 70),
        ("7", "1", 0, 0),
        ("Ctrl+I", "Ctrl+1", 97, 97),
    ],
)
def test_similarity_is_strict_with_numbers_and_lenient_with_misread_letters(
    wanted: str, found: str, least: float, most: float
) -> None:
    assert least <= similarity(tidy(wanted), tidy(found)) <= most


def test_a_point_is_a_target(reader: Reader) -> None:
    assert find(Target("(200,20)"), Screen(FORM.seen, reader.read))[0].at == Point(200, 20)

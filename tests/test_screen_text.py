"""The reader reads what is drawn, and remembering what it read never changes what it reads."""

import random
import time

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from agent.screen.ocr import Reader, read_text
from agent.screen.overlap import outermost
from agent.screen.reading_size import reading_of
from agent.screen.text import ScreenText, Word, lines_of
from agent.screen.text_layout import layout_of
from devices import Box, Element, Observation
from devices.simphone.phone import Phone
from tests.doubles.drawn import Drawn

_LEFTS = range(0, 560, 8)
_FAR = range(0, 1260, 20)

WORDS = (
    "Save",
    "Open",
    "Cancel",
    "Total 42",
    "File name",
    "Password",
    "notes.txt",
    "3.14",
    "Yes",
    "Overwrite",
    "12*7=",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_words_by_the_thousand_are_grouped_into_their_lines_in_time() -> None:
    words = [Word("ab", Box(left, top, left + 6, top + 11), 1.0) for top in range(0, 798, 14) for left in _LEFTS]
    random.Random(1).shuffle(words)
    started = time.process_time()
    lines = lines_of(words)
    assert [line.text for line in lines] == [" ".join(["ab"] * len(_LEFTS))] * 57
    assert str(ScreenText(lines)).count("\n") == 56
    assert time.process_time() - started < 5  # of the CPU: what else runs does not count


def test_words_read_across_columns_are_lines_of_their_own() -> None:
    words = [Word("ab", Box(left, top, left + 3, top + 11), 1.0) for top in range(0, 780, 12) for left in _FAR]
    started = time.process_time()
    lines = lines_of(words)
    assert len(lines) == len(words)
    assert str(ScreenText(lines)).splitlines() == [" ".join(["ab"] * len(_FAR))] * 65
    assert time.process_time() - started < 5


def test_only_outermost_boxes_are_kept_of_thousands() -> None:
    boxes = [Box(x, y, x + 15, y + 15) for x in range(0, 1000, 20) for y in range(0, 600, 20)]
    knobs = [Box(box.left + 3, box.top + 3, box.left + 9, box.top + 9) for box in boxes]
    started = time.process_time()
    kept = outermost([Element("button", "", box) for box in (*knobs, *boxes)])
    assert [each.box for each in kept] == boxes
    assert time.process_time() - started < 5


def test_words_lines_and_buttons_are_read_where_they_are(reader: Reader) -> None:
    seen = Drawn().text("File   Edit   View", 20, 10).text("Total: 42", 20, 60).button("Save As", 200, 200).seen
    text = reader.read(seen)
    assert str(text).splitlines() == ["File Edit View", "Total: 42", "Save As"]
    save = next(word for word in text.words if word.text == "Save")
    assert save.box.center in Box(200, 200, 250, 230)


def test_the_words_of_a_menu_bar_are_apart(reader: Reader) -> None:
    seen = Drawn().text("File", 20, 10).text("Edit", 66, 10).text("Search", 112, 10).seen
    assert [line.text for line in reader.read(seen).lines] == ["File", "Edit", "Search"]


@pytest.mark.parametrize("key", [*"0123456789", ".", "-", "=", "+", "*", "/", "%", "(", ")", "C", "AC", "+/-"])
def test_a_lone_sign_on_a_key_is_read(reader: Reader, key: str) -> None:
    found = "".join(word.text for word in reader.read(Drawn((200, 100)).button(key, 60, 30, 60).seen).words)
    assert found in (key, {"/": "1", "(": "C", "*": "×"}.get(key, key))


@pytest.mark.parametrize("size", range(11, 31))
def test_a_round_letter_of_large_text_is_no_tick_box(reader: Reader, size: int) -> None:
    said = "File Edit Search Document Help Calculator"
    picture = Image.new("RGB", (700, 80), (245, 245, 245))
    font = ImageFont.truetype("DejaVuSans.ttf", size)
    ImageDraw.Draw(picture).text((20, 20), said, font=font, fill=(30, 30, 30))
    assert str(reader.read(Observation(np.array(picture)))) == said


@pytest.mark.parametrize("size", range(9, 41))
def test_text_of_9_to_40_pixels_is_read_where_it_is(reader: Reader, size: int) -> None:
    said = ("Save the document", "Cancel and close", "Total 1,284.50", "report-final.txt")
    font = ImageFont.truetype("DejaVuSans.ttf", size)
    picture = Image.new("RGB", (900, 400), (250, 250, 250))
    for row, line in enumerate(said):
        ImageDraw.Draw(picture).text((20, 20 + 2 * size * row), line, font=font, fill=(20, 20, 20))
    found = reader.read(Observation(np.array(picture))).lines
    assert [word.text for line in found for word in line.words] == " ".join(said).split()
    rows = [(line.box.center.y - 20) // (2 * size) for line in found]
    assert sorted(set(rows)) == [0, 1, 2, 3], "each line is read where it stands"


def test_light_text_on_dark_and_colored_text_are_read(reader: Reader) -> None:
    drawn = Drawn().frame(Box(10, 10, 300, 60), "#1d3a6e").text("Selected row", 30, 25, "white")
    assert "Selected row" in str(reader.read(drawn.text("Warning: low disk", 20, 100, "#b02030").seen))


def test_text_that_touches_the_frame_around_it_keeps_its_first_letter(reader: Reader) -> None:
    assert "items" in str(reader.read(Drawn().frame(Box(20, 20, 200, 42)).text("items", 23, 22).seen))


def test_an_empty_screen_has_no_text_and_any_noise_is_survived(reader: Reader) -> None:
    assert read_text(Drawn().seen, reader) == ""
    noise = np.random.default_rng(7).integers(0, 256, (120, 160, 3), dtype=np.uint8)
    reader.read(Observation(noise))
    reader.read(Observation(np.zeros((1, 1, 3), np.uint8)))
    reader.read(Observation(np.full((3, 900, 3), 255, np.uint8)))


def test_what_is_remembered_changes_nothing(reader: Reader) -> None:
    chance = random.Random(5)
    drawn = Drawn((640, 300))
    for _ in range(12):
        left, top = chance.randrange(0, 520), chance.randrange(0, 270)
        if chance.random() < 0.3:
            drawn.frame(Box(left, top, left + 100, top + 25))
        else:
            drawn.text(chance.choice(WORDS), left, top, chance.choice(("black", "#204080", "#c03030")))
        seen = drawn.seen
        assert reader.read(seen) == reader.emptied().read(seen)


def test_what_was_read_before_is_not_read_again(reader: Reader) -> None:
    lines = Drawn()
    for row in range(8):
        lines.text(f"Some line of text {row}", 20, 20 + 30 * row)
    reader.read(lines.seen)
    known = len(reader._memory)
    reader.read(lines.text("one more", 400, 300).seen)
    assert 1 <= len(reader._memory) - known <= 2


def test_frames_are_told_from_letters() -> None:
    layout = layout_of(
        np.array(Drawn().button("OK", 20, 20).tick_box("Wrap", 200, 20).text("OOO 000 BBB", 20, 100).picture)
    )
    assert {(box.left, box.top) for box in layout.frames} == {(20, 20), (200, 20)}


def test_a_phone_is_read_at_the_size_of_desktop_text_and_its_words_lie_where_they_are_drawn(reader: Reader) -> None:
    phone = Phone((1080, 2400), animations=False)
    phone.start("com.android.settings", "com.android.settings.Settings$DisplaySettingsActivity")
    seen = Observation(phone.frame(), "com.android.settings/.Settings", surface="phone")
    read = {line.text: line.box for line in reader.read(seen).lines}
    for title in ("Font size", "Screen timeout", "Auto-rotate screen"):
        node = next(node for node in phone.tree().walk() if node.text == title)
        assert read[title].center in node.box, f"{title!r} was read at {read[title]} and stands at {node.box}"
    assert reading_of(seen.pixels)[0].shape[1] <= 540
    desktop = Drawn().text("File   Edit   View", 20, 10).seen.pixels
    assert reading_of(desktop)[0] is desktop, "a desktop is left as it is"

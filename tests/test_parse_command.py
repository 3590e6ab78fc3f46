"""`screenhand parse` as a person meets it: a table, JSON, a numbered picture, and clear errors."""

import json
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from agent.queries.element_overlay import overlay_png
from devices import Box, Element
from tests.doubles.drawn import Drawn
from tests.test_query_commands import screenhand

FORM = Drawn().text("Name", 20, 66).frame(Box(100, 60, 300, 90)).tick_box("Wrap", 100, 120, ticked=True)
FORM = FORM.button("Save", 100, 160)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "form.png"
    FORM.picture.save(path)
    return path


def test_a_table_names_every_control(picture: Path) -> None:
    done = screenhand("parse", picture)
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["checkbox", "Wrap", "on"] in [row[1:4] for row in rows]
    assert ["button", "Save"] in [row[1:3] for row in rows]


def test_json_lists_what_the_help_says(picture: Path, tmp_path: Path) -> None:
    done = screenhand("parse", picture, "--json", "--draw", tmp_path / "numbered.png")
    elements = json.loads(done.stdout)
    field = next(each for each in elements if each["role"] == "field")
    assert field.keys() == {"number", "role", "name", "value", "hint", "editable", "states", "box", "source"}
    assert (field["name"], field["source"]) == ("Name", "drawn")
    assert np.abs(np.array(field["box"]) - (100, 60, 300, 90)).max() <= 2
    assert [each["number"] for each in elements] == list(range(1, len(elements) + 1))
    with Image.open(tmp_path / "numbered.png") as drawn:
        assert drawn.size == FORM.picture.size


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 60,000 x 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    data = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


BAD: list[tuple[str, bytes, str]] = [
    ("empty.png", b"", "empty.png"),
    ("cut.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "no readable picture"),
    ("text.png", b"these are words", "nothing that can be looked at"),
    ("bomb.png", bomb(), "pixels"),
]


@pytest.mark.parametrize(("name", "content", "said"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_picture_is_named_with_what_is_wrong(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    done = screenhand("parse", tmp_path / name)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_picture_and_none_at_all_are_said(tmp_path: Path) -> None:
    assert "No such file" in screenhand("parse", tmp_path / "absent.png").stderr
    assert "either a picture or --device" in screenhand("parse").stderr


def test_the_picture_itself_is_never_overwritten(picture: Path) -> None:
    before = picture.read_bytes()
    assert screenhand("parse", picture, "--draw", picture).returncode == 2
    assert picture.read_bytes() == before


def test_an_empty_screen_says_so(tmp_path: Path) -> None:
    Image.new("RGB", (200, 100), "#334455").save(tmp_path / "plain.png")
    done = screenhand("parse", tmp_path / "plain.png")
    assert (done.returncode, "nothing can be seen" in done.stdout) == (1, True)


def test_an_overlay_holds_many_small_elements_and_one_at_the_edge() -> None:
    pixels = np.full((200, 300, 3), 255, np.uint8)
    many = [Element("icon", "", Box(20 + 24 * i, 90, 40 + 24 * i, 110)) for i in range(10)]
    drawn = overlay_png(pixels, [*many, Element("button", "off", Box(290, 190, 300, 200))])
    assert drawn.startswith(b"\x89PNG")

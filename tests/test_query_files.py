"""Files as they are looked at: every kind comes out as the pixels a person sees, and no file can do harm."""

import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from agent.queries.media import BadMedia, Still, Video
from agent.queries.media_files import load_media, load_video, single_still
from agent.queries.page_range import PageRange, parse_pages
from agent.queries.video_file import frames_at
from devices.device import Pixels
from tests.doubles.filmed import SIZE, film, page, pdf, red_box, screen, sound


def seen(path: Path, pages: PageRange | None = None) -> Pixels:
    return single_still(load_media([path], pages or PageRange())).pixels


def painted(path: Path, picture: Image.Image, **options: object) -> Path:
    picture.save(path, **options)  # type: ignore[arg-type]  # Pillow's options differ by format
    return path


@pytest.mark.parametrize("kind", ["png", "bmp", "tiff", "gif", "webp"])
def test_a_picture_comes_out_as_it_was_painted(tmp_path: Path, kind: str) -> None:
    picture = Image.fromarray(screen(dialog=True))
    options = {"lossless": True} if kind == "webp" else {}
    assert np.array_equal(seen(painted(tmp_path / f"a.{kind}", picture, **options)), screen(dialog=True))


def test_a_kind_is_told_by_content_and_not_by_name(tmp_path: Path) -> None:
    assert seen(painted(tmp_path / "a.pdf", Image.new("RGB", (30, 20), "red"), format="JPEG")).shape == (20, 30, 3)
    assert isinstance(load_media([film(tmp_path / "b.mp4", 1).rename(tmp_path / "b.txt")])[0], Video)


def test_a_photo_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter, clockwise
    picture = Image.new("RGB", (40, 20), "white")
    picture.putpixel((0, 0), (255, 0, 0))
    assert tuple(seen(painted(tmp_path / "a.png", picture, exif=exif))[0, 19]) == (255, 0, 0)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_lies_on_white(tmp_path: Path, mode: str) -> None:
    picture = Image.new("RGBA", (8, 8), (0, 0, 0, 0)).convert(mode)
    options = {"transparency": 0} if mode == "P" else {}
    assert seen(painted(tmp_path / "a.png", picture, **options)).min() == 255


def test_sixteen_bits_are_scaled_and_not_clipped(tmp_path: Path) -> None:
    grey = Image.fromarray(np.full((4, 4), 128 * 256, np.uint16))
    assert set(seen(painted(tmp_path / "a.png", grey)).ravel().tolist()) == {128}


def test_print_colours_are_converted(tmp_path: Path) -> None:
    picture = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    red, green, _ = seen(painted(tmp_path / "a.jpg", picture))[4, 4].tolist()
    assert red > 200 > 100 > green


def test_a_tiff_has_pages_as_a_pdf_has(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (10 + index, 10), "white") for index in range(3)]
    pages[0].save(tmp_path / "a.tiff", save_all=True, append_images=pages[1:])
    found = load_media([tmp_path / "a.tiff"], parse_pages("2-3"))
    assert [(each.label, each.size) for each in found if isinstance(each, Still)] == [
        ("a.tiff, page 2", (11, 10)),
        ("a.tiff, page 3", (12, 10)),
    ]


def test_a_pdf_page_is_drawn_on_white_with_its_words(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", page(""), page("Total 12.50"))
    blank, written = (each.pixels for each in load_media([path]) if isinstance(each, Still))
    assert blank.min() == 255
    assert written.min() < 60
    assert 1230 < written.shape[1] < 1250, "A4 at 150 dots an inch"
    assert np.array_equal(seen(path, parse_pages("2")), written)


def test_an_enormous_page_is_drawn_smaller(tmp_path: Path) -> None:
    poster = Image.new("1", (1400, 1400), 1)
    poster.save(tmp_path / "a.pdf", resolution=7)  # 200 inches on each side
    assert seen(tmp_path / "a.pdf").shape[0] < 3600


PAGES = [("3", (2,)), ("1-3", (0, 1, 2)), ("4, 1-2", (3, 0, 1)), ("2,2-3", (1, 2))]


@pytest.mark.parametrize(("text", "indices"), PAGES)
def test_pages_are_counted_from_one(text: str, indices: tuple[int, ...]) -> None:
    assert parse_pages(text).of(4, Path("a.pdf")) == indices


@pytest.mark.parametrize("text", ["0", "3-1", "one", "1-", "-1", "1..3", "1,", "9" * 30, "1-2-3"])
def test_pages_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        parse_pages(text)


CONTAINERS = [
    ("a.mp4", "libx264", {}),
    ("a.mov", "libx264", {"movflags": "faststart"}),
    ("a.mkv", "libx264", {}),
    ("a.webm", "libvpx", {}),
    ("a.avi", "mpeg4", {}),
    ("a.ts", "libx264", {}),
]


@pytest.mark.parametrize(("name", "codec", "options"), CONTAINERS, ids=[name for name, *_ in CONTAINERS])
def test_each_time_gets_the_frame_that_is_on_the_screen_then(
    tmp_path: Path, name: str, codec: str, options: dict[str, str]
) -> None:
    found = load_video(film(tmp_path / name, 6, codec=codec, options=options))
    assert isinstance(found, Video)
    assert found.seconds == pytest.approx(6.0, abs=0.15)
    times = [index / 4 for index in range(24)]
    red = [red_box(frame) is not None for frame in frames_at(found, times, (112, 56))]
    assert [time for time, is_red in zip(times, red, strict=True) if is_red] == [2.0, 2.25, 2.5, 2.75, 3.0, 3.25]


@pytest.mark.parametrize("key_every", [10, 100_000], ids=["many key frames", "one key frame"])
def test_sparse_frames_are_the_right_ones_however_far_key_frames_are_apart(tmp_path: Path, key_every: int) -> None:
    found = load_video(film(tmp_path / "a.mp4", 60, [(41.0, 44.0)], fps=5, key_every=key_every))
    assert isinstance(found, Video)
    times = [float(second) for second in range(0, 60, 7)]
    frames = list(frames_at(found, times, (112, 56)))
    assert [time for time, frame in zip(times, frames, strict=True) if red_box(frame)] == [42.0]
    title = [int((frame.pixels[1, :, 0] < 130).sum()) for frame in frames]
    assert title == pytest.approx([112 * time / 60 for time in times], abs=2)


def test_a_turned_video_is_seen_upright(tmp_path: Path) -> None:
    found = load_video(film(tmp_path / "a.mp4", 1, [(0, 1)], rotation=-90))
    assert isinstance(found, Video)
    assert found.size == SIZE[::-1]
    (frame,) = frames_at(found, [0.0], (180, 320))
    box = red_box(frame)
    assert box is not None
    assert box == pytest.approx((50, 80, 130, 240), abs=3)


def test_a_video_that_is_cut_off_ends_where_its_frames_end(tmp_path: Path) -> None:
    whole = film(tmp_path / "a.mp4", 10, options={"movflags": "faststart"}).read_bytes()
    (tmp_path / "b.mp4").write_bytes(whole[: len(whole) * 6 // 10])
    found = load_video(tmp_path / "b.mp4")
    assert isinstance(found, Video)
    assert found.seconds == pytest.approx(10.0, abs=0.15), "its header still says so"
    assert 0 < len(list(frames_at(found, range(10), (112, 56)))) < 10


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes whose header promises that many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9999))) + chunk(b"IEND", b"")
    )


def png() -> bytes:
    file = io.BytesIO()
    Image.fromarray(screen(dialog=True)).save(file, "PNG")
    return file.getvalue()


def animated() -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


def floats() -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.ones((4, 4), np.float32)).save(file, "TIFF")
    return file.getvalue()


def filmed(path: Path, most: float) -> bytes:
    whole = film(path / "whole.mp4", 2).read_bytes()
    return whole[: int(len(whole) * most)]


ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<"
    + b"41" * 32
    + b">/U<"
    + b"42" * 32
    + b">>>endobj\ntrailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF"
)
NO_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)
HOSTILE: list[tuple[str, Callable[[Path], bytes], str]] = [
    ("empty", lambda p: b"", "is empty: 0 bytes"),
    ("words", lambda p: b"Dear Sir or Madam", "nothing that can be looked at"),
    ("a playlist that leads elsewhere", lambda p: b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "nothing that can be"),
    ("a script of parts", lambda p: b"ffconcat version 1.0\nfile /etc/passwd\n", "nothing that can be"),
    ("svg", lambda p: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "nothing that can be"),
    ("png cut off", lambda p: png()[:-200], "no readable picture"),
    ("png spoilt", lambda p: png()[:200] + b"\0" * 400, "no readable picture"),
    ("png bomb of 176 Mpx", lambda p: bomb(13_300, 13_300), "pixels"),
    ("png bomb of 400 Mpx", lambda p: bomb(20_000, 20_000), "pixels"),
    ("png of no width", lambda p: bomb(0, 10), "no readable picture"),
    ("jpeg header only", lambda p: b"\xff\xd8\xff\xe0\0\x10JFIF", "no readable picture"),
    ("animated", lambda p: animated(), "animated: 2 frames"),
    ("floating point", lambda p: floats(), "floating-point"),
    ("pdf header only", lambda p: b"%PDF-1.7\n", "no readable PDF"),
    ("pdf without pages", lambda p: NO_PAGES, "PDF"),
    ("mp4 without its index", lambda p: filmed(p, 0.6), "no readable video"),
    ("mp4 header only", lambda p: filmed(p, 0.01), "no readable video"),
    ("sound only", lambda p: sound(p / "s.mp4").read_bytes(), "sound only"),
    ("matroska noise", lambda p: b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 9, "no readable video"),
]


@pytest.mark.parametrize(("name", "content", "said"), HOSTILE, ids=[name for name, *_ in HOSTILE])
def test_a_file_that_cannot_be_looked_at_is_said_to_be_one(
    tmp_path: Path, name: str, content: Callable[[Path], bytes], said: str
) -> None:
    path = tmp_path / "given"
    path.write_bytes(content(tmp_path))
    with pytest.raises(BadMedia, match=said) as refused:
        load_media([path])
    assert str(path) in str(refused.value)


def test_a_pipe_is_refused_before_it_is_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadMedia, match="not a plain file"):
        load_media([tmp_path / "pipe"])


def test_a_path_that_leads_nowhere_and_a_folder_that_is_no_recording_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match="No such file"):
        load_media([tmp_path / "absent.png"])
    with pytest.raises(BadMedia, match=r"steps\.jsonl"):
        load_media([tmp_path])


def test_an_encrypted_pdf_asks_for_one_without_a_password(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(ENCRYPTED)
    with pytest.raises(BadMedia, match="encrypted with a password"):
        load_media([tmp_path / "a.pdf"])


def test_pages_beyond_the_last_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match="has 1 page; found no page 2"):
        load_media([pdf(tmp_path / "a.pdf", page("one"))], parse_pages("1-2"))

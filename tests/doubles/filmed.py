"""Small real files to look at, made by PyAV, Pillow and PDFium: films with a red dialog in them, pages with words."""

from collections.abc import Callable, Sequence
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from agent.models.chat import Clip, Message, Picture
from devices.device import Pixels

RED = (220, 30, 30)
SIZE = (320, 180)


def screen(*, dialog: bool, done: float = 0.0) -> Pixels:
    """A grey screen whose title bar fills up as `done` goes from 0 to 1, with or without a red dialog."""
    pixels = np.full((SIZE[1], SIZE[0], 3), 205, np.uint8)
    pixels[:12, : int(SIZE[0] * done)] = (60, 70, 110)
    if dialog:
        pixels[50:130, 80:240] = RED
    return pixels


def film(
    path: Path,
    seconds: float,
    dialogs: Sequence[tuple[float, float]] = ((2.0, 3.5),),
    *,
    fps: int = 10,
    key_every: int = 20,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    rotation: int = 0,
) -> Path:
    """A video of `seconds` at `path` on which a red dialog is open at those times."""
    with av.open(str(path), "w", options=options or {}) as file:
        stream = file.add_stream(codec, rate=fps)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.gop_size = key_every
        if codec == "libx264":
            stream.options = {"x264-params": f"keyint={key_every}:scenecut=0", "preset": "ultrafast"}
        if rotation:
            stream.set_display_rotation(rotation)
        for index in range(int(seconds * fps)):
            at = index / fps
            pixels = screen(dialog=any(start <= at < end for start, end in dialogs), done=at / seconds)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        file.mux(stream.encode())
    return path


def sound(path: Path) -> Path:
    """A second of silence without a picture."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("aac", rate=44_100)
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 44_100), np.float32), "fltp", "mono")
        frame.sample_rate = 44_100
        file.mux(stream.encode(frame))
        file.mux(stream.encode())
    return path


def page(words: str, size: tuple[int, int] = (620, 877)) -> Image.Image:
    """A white page with `words` on it."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).multiline_text((60, 60), words, "black", ImageFont.load_default(28))
    return picture


def pdf(path: Path, *pages: Image.Image) -> Path:
    """A PDF of these pages."""
    pages[0].save(path, "PDF", save_all=True, append_images=pages[1:], resolution=75)
    return path


def red_box(picture: Picture) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of what is red on `picture`; None where nothing is."""
    colours = picture.pixels.astype(int)
    red = (colours[..., 0] > 150) & (colours[..., 1] < 110) & (colours[..., 2] < 110)
    if not red.any():
        return None
    ys, xs = np.nonzero(red)
    return int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1


def shown_in(messages: Sequence[Message]) -> list[Picture]:
    """Every picture in `messages`, frames included."""
    parts = [part for message in messages for part in message.parts]
    return [
        picture
        for part in parts
        for picture in ((part,) if isinstance(part, Picture) else part.frames if isinstance(part, Clip) else ())
    ]


def when_red(write: Callable[[float, float], str]) -> Callable[[Sequence[Message]], str]:
    """A model that looks at the frames it is sent and answers with when something red is on them, as `write` writes."""

    def answer(messages: Sequence[Message]) -> str:
        (clip,) = [part for message in messages for part in message.parts if isinstance(part, Clip)]
        stretches: list[list[float]] = []
        was_red = False
        for time, frame in zip(clip.times, clip.frames, strict=True):
            red = red_box(frame) is not None
            if red and was_red:
                stretches[-1][1] = time
            elif red:
                stretches.append([time, time])
            was_red = red
        return "[" + ", ".join(write(start, end) for start, end in stretches) + "]"

    return answer

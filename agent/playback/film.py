"""Recordings written as a film: H.264 in MP4 by PyAV, or an animated GIF by Pillow."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image

from agent.playback.film_frames import FilmFrame, frames_of
from agent.playback.frame_layout import Size, layout_for
from agent.playback.speed import PlaybackSpeed
from agent.recordings.reader import Recording

FilmFormat = Literal["mp4", "gif"]
MP4_ROOM, GIF_ROOM = (1280, 800), (800, 500)
"""(longer, shorter) side of the largest screen, in pixels: what any player shows, and what a GIF can carry."""
TICK = 1 / 25
MILLISECONDS = Fraction(1, 1000)
KEY_EVERY = 2.0
"""Seconds after which a frame that stands still is written again, so that a player can jump there."""
BT709 = 1
"""The number of ITU-R BT.709 in FFmpeg's AVColorPrimaries, AVColorTransferCharacteristic and AVColorSpace."""


def write_film(
    recordings: Sequence[Recording],
    path: Path,
    kind: FilmFormat,
    speed: PlaybackSpeed,
    advance: Callable[[], None] = lambda: None,
) -> None:
    """Write `recordings`, one after another, to `path`, which appears once it is whole; `advance` follows each step.

    Raises `OSError`, and `BadRecording` for a picture that cannot be believed; then `path` is as it was.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        partial.touch(0o600)  # a screen shows what only its owner should see
        room, tick = (MP4_ROOM, TICK) if kind == "mp4" else (GIF_ROOM, 0.0)
        layout = layout_for(list(_sizes(recordings)), room)
        frames = _each_step(
            chain.from_iterable(frames_of(each, layout, speed, tick=tick) for each in recordings), advance
        )
        if kind == "mp4":
            _write_mp4(partial, layout.size, frames)
        else:
            _write_gif(partial, frames)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write_mp4(path: Path, size: Size, frames: Iterator[FilmFrame]) -> None:
    import av
    from av.video.stream import VideoStream

    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as file:
        stream = file.add_stream("libx264", rate=25, options={"crf": "18", "preset": "veryfast"})
        assert isinstance(stream, VideoStream)  # noqa: S101 - what that codec makes
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        coder = stream.codec_context
        coder.time_base = MILLISECONDS
        coder.color_primaries = coder.color_trc = coder.colorspace = BT709
        clock, shown = 0, None
        for frame in frames:
            shown = av.VideoFrame.from_ndarray(np.asarray(frame.picture), format="rgb24").reformat(
                format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG"
            )
            end = clock + max(1, round(frame.seconds * 1000))
            while clock < end:
                shown.pts, shown.time_base = clock, MILLISECONDS
                file.mux(stream.encode(shown))
                clock += min(end - clock, round(KEY_EVERY * 1000))
        if shown is not None:  # a frame lasts until the next one: this one ends the last
            shown.pts = clock
            file.mux(stream.encode(shown))
        file.mux(stream.encode())


def _write_gif(path: Path, frames: Iterator[FilmFrame]) -> None:
    drawn = map(_quantized, frames)
    first = next(drawn, None)
    if first is None:
        raise OSError("there is nothing to write: no step was recorded")
    first.save(path, "GIF", save_all=True, append_images=drawn, loop=0, optimize=False)


def _quantized(frame: FilmFrame) -> Image.Image:
    """The picture in the 256 colours that suit it best, and how long it is shown, in a GIF's hundredths."""
    picture = frame.picture.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    picture.info["duration"] = max(2, round(frame.seconds * 100)) * 10
    return picture


def _sizes(recordings: Sequence[Recording]) -> Iterator[Size]:
    for recording in recordings:
        yield from (step.seen.size for step in recording.episode.steps)
        if recording.episode.final:
            yield recording.episode.final.size


def _each_step(frames: Iterator[FilmFrame], advance: Callable[[], None]) -> Iterator[FilmFrame]:
    for frame in frames:
        yield frame
        if frame.last:
            advance()

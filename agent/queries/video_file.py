"""Video files: length and size, and the frames at given times, decoded one at a time by PyAV."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from agent.models.chat import Picture
from agent.queries.media import BadMedia, Video, plain_file
from agent.recordings.untrusted import MOST_PIXELS

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer
    from av.video.stream import VideoStream

SEEK_BEYOND = 3.0
"""Seconds to the next wanted frame from which seeking may beat decoding what lies between."""
PATIENCE = 0.5
"""Seconds that the last frame may be believed to stay on the screen beyond its own duration."""


def read_video(path: Path, container: str) -> Video:
    """What the video `path` is, by its headers, and by one pass over its packets where they do not say how long.

    `container` is the FFmpeg demuxer to use, chosen by the file's first bytes: none is guessed, so that a playlist
    cannot make the program open other files or addresses. Raises `BadMedia`.
    """
    with _opened(path, container) as (file, stream):
        width, height = stream.codec_context.width, stream.codec_context.height
        if not 0 < width * height <= MOST_PIXELS:
            raise BadMedia(f"{path} has frames of {width}x{height} pixels; at most {MOST_PIXELS:,} are decoded")
        first = next(_decoded(file, stream), None)
        if first is None:
            raise BadMedia(f"{path} has a video track without frames")
        if first.rotation % 180:
            width, height = height, width
        start, last = _seconds(first), _seconds(first) + _duration(first)
        if stream.duration and stream.time_base:
            seconds = float(stream.duration * stream.time_base)
        elif file.duration:
            seconds = file.duration / 1_000_000
        else:
            seconds = _last_packet(path, container) - start
        return Video(path.name, path, container, max(seconds, last - start), (width, height), start)


def frames_at(video: Video, times: Sequence[float], size: tuple[int, int]) -> Iterator[Picture]:
    """For each of `times` (rising, seconds from the start) the frame on the screen then, scaled to `size`.

    Only two decoded frames are held. Far jumps seek to the key frame before and decode from there. Ends early where
    the file is cut off or broken: the caller counts what came.
    """
    leap = SEEK_BEYOND
    with _opened(video.path, video.container) as (file, stream):
        frames = _decoded(file, stream)
        now, upcoming = None, next(frames, None)
        for time in times:
            at = time + video.start + 1e-6
            if upcoming is not None and at - _seconds(upcoming) > leap:
                passed = _seconds(upcoming)
                _seek(file, stream, at)
                frames = _decoded(file, stream)
                now, upcoming = None, next(frames, None)
                if upcoming is not None and _seconds(upcoming) <= passed:
                    leap *= 2  # key frames are further apart than that: going back to one only costs
            while upcoming is not None and (now is None or _seconds(upcoming) <= at):
                now, upcoming = upcoming, next(frames, None)
            if now is None or (upcoming is None and at > _seconds(now) + _duration(now) + PATIENCE):
                return
            yield _picture(now, size)


def _picture(frame: "VideoFrame", size: tuple[int, int]) -> Picture:
    quarters = round(frame.rotation / 90) % 4
    width, height = size if quarters % 2 == 0 else size[::-1]
    small = frame.to_ndarray(format="rgb24", width=width, height=height, interpolation="BICUBIC")
    return Picture(np.ascontiguousarray(np.rot90(small, quarters)))


def _seek(file: "InputContainer", stream: "VideoStream", at: float) -> None:
    try:
        file.seek(round(at / float(stream.time_base or Fraction(1, 90_000))), stream=stream, backward=True)
    except OSError:
        file.seek(0)  # no index to seek by: decode from the beginning


def _decoded(file: "InputContainer", stream: "VideoStream") -> Iterator["VideoFrame"]:
    """The frames from here on that have a time; damaged ones are left out, and a broken end is an end."""
    import av

    try:
        for packet in file.demux(stream):
            try:
                yield from (frame for frame in packet.decode() if frame.pts is not None)
            except av.error.InvalidDataError:
                continue
    except av.error.FFmpegError:
        return


def _seconds(frame: "VideoFrame") -> float:
    return float((frame.pts or 0) * (frame.time_base or Fraction(1)))


def _duration(frame: "VideoFrame") -> float:
    return float((frame.duration or 0) * (frame.time_base or Fraction(1)))


def _last_packet(path: Path, container: str) -> float:
    with _opened(path, container) as (file, stream):
        ends = ((p.pts + (p.duration or 0)) * float(p.time_base) for p in file.demux(stream) if p.pts is not None)
        return max(ends, default=0.0)


@contextmanager
def _opened(path: Path, container: str) -> Iterator[tuple["InputContainer", "VideoStream"]]:
    import av

    with plain_file(path) as data:
        try:
            file = av.open(data, "r", format=container, metadata_errors="replace")
        except (av.error.FFmpegError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise BadMedia(f"{path} is no readable video: {reason}; it may be cut off before its index") from error
        with file:
            if not file.streams.video:
                sound = " It holds sound only." if file.streams.audio else ""
                raise BadMedia(f"{path} has no video track.{sound} Give a video with pictures")
            stream = file.streams.video[0]
            if stream.codec_context is None:
                raise BadMedia(f"{path} holds a video in a format that this FFmpeg cannot decode")
            stream.thread_type = "AUTO"
            yield file, stream

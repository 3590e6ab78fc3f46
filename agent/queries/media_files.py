"""Files and folders read as media: what a file is, is decided by its content and not by its name."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from agent.queries.media import BadMedia, Media, Still, Video, plain_file
from agent.queries.page_range import ALL_PAGES, PageRange
from agent.recordings.images import NoPicture
from agent.recordings.reader import BadRecording, Recording, read_recording

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
DEMUXERS = {b"\x1a\x45\xdf\xa3": "matroska", b"OggS": "ogg", b"FLV\x01": "flv", b"\0\0\x01\xba": "mpeg", b"G": "mpegts"}
"""First bytes of a file, and the FFmpeg demuxer that reads what begins so."""
WANTED = "pictures (PNG, JPEG, WebP, GIF, BMP, TIFF), PDF files, videos (MP4, MKV, WebM, AVI, ...) and recordings"


def load_media(paths: Sequence[Path], pages: PageRange = ALL_PAGES) -> tuple[Media, ...]:
    """The media in the files and recordings `paths`, in that order. Raises `BadMedia`.

    `pages` are those of each PDF or TIFF. A recording gives the screen before each step, and the last one.
    """
    return tuple(media for path in paths for media in _media_in(path, pages))


def single_still(media: Sequence[Media]) -> Still:
    """The one picture in `media`. Raises `BadMedia` for several, and for a video."""
    if len(media) != 1:
        raise BadMedia(f"one picture is wanted; found {len(media)}: choose a page with --pages")
    match media[0]:
        case Still() as still:
            return still
        case Video(label):
            raise BadMedia(f"{label} is a video; give a picture of it")


def load_video(path: Path) -> Video | Recording:
    """The video or the recording that `path` is. Raises `BadMedia`."""
    if path.is_dir():
        return _load_recording(path)
    match next(iter(load_media([path]))):
        case Video() as video:
            return video
        case Still(label):
            raise BadMedia(f"{label} is a picture, where nothing happens; give a video or a recording's folder")


def recording_screens(recording: Recording) -> tuple[Still, ...]:
    """The screen before each step, labelled with the step's number from 1, and the last one; `at` since the first."""
    episode = recording.episode
    screens = [(f"step {step.index + 1}", step.seen) for step in episode.steps]
    screens += [("the end", episode.final)] if episode.final else []
    return tuple(Still(label, seen.pixels, seen.at - screens[0][1].at) for label, seen in screens)


def _load_recording(path: Path) -> Recording:
    """The recording in the folder `path`. Raises `BadMedia`, also for one without any screen."""
    try:
        recording = read_recording(path)
        screens = recording_screens(recording)
    except (BadRecording, NoPicture) as error:
        raise BadMedia(str(error)) from error
    if not screens:
        raise BadMedia(f"{path} is a recording without a screen: {recording.episode.reason or 'nothing was seen'}")
    return recording


def _media_in(path: Path, pages: PageRange) -> Iterator[Media]:
    from agent.queries.image_file import read_images
    from agent.queries.pdf_file import read_pdf
    from agent.queries.video_file import read_video

    if path.is_dir():
        yield from recording_screens(_load_recording(path))
        return
    with plain_file(path) as file:
        start = file.read(1024)
    if start.startswith(PICTURES) or (start[:4], start[8:12]) == (b"RIFF", b"WEBP"):
        yield from read_images(path, pages)
    elif b"%PDF-" in start:
        yield from read_pdf(path, pages)
    elif demuxer := _demuxer(start):
        yield read_video(path, demuxer)
    else:
        raise BadMedia(f"{path} is nothing that can be looked at here: {WANTED} can; it begins with {start[:12]!r}")


def _demuxer(start: bytes) -> str:
    """The FFmpeg demuxer for a file that begins with `start`; "" for none."""
    if start[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip"):
        return "mov"
    if (start[:4], start[8:12]) == (b"RIFF", b"AVI "):
        return "avi"
    if start[:1] == b"G" and start[188:189] != b"G":
        return ""
    return next((demuxer for magic, demuxer in DEMUXERS.items() if start.startswith(magic)), "")

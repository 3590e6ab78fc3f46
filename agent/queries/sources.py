"""What a file is, decided by what is in it and not by its name."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from agent.queries.media import CannotSee, Exhibit, Film, Still, plain_file
from agent.queries.selection import ALL_PAGES, Pages
from agent.recordings.images import NoPicture
from agent.recordings.reader import BadRecording, Recording, read_recording

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
DEMUXERS = {b"\x1a\x45\xdf\xa3": "matroska", b"OggS": "ogg", b"FLV\x01": "flv", b"\0\0\x01\xba": "mpeg", b"G": "mpegts"}
"""First bytes of a file, and the FFmpeg demuxer that reads what begins so."""
WANTED = "pictures (PNG, JPEG, WebP, GIF, BMP, TIFF), PDF files, videos (MP4, MKV, WebM, AVI, ...) and recordings"


def exhibits_in(paths: Sequence[Path], pages: Pages = ALL_PAGES) -> tuple[Exhibit, ...]:
    """Everything to be looked at in the files and recordings `paths`, in that order. Raises `CannotSee`.

    `pages` are those of each PDF or TIFF. A recording gives the screen before each step, and the last one.
    """
    return tuple(exhibit for path in paths for exhibit in _in(path, pages))


def one_still(found: Sequence[Exhibit]) -> Still:
    """The one picture in `found`. Raises `CannotSee` for several, and for a video."""
    if len(found) != 1:
        raise CannotSee(f"one picture is wanted; found {len(found)}: choose a page with --pages")
    match found[0]:
        case Still() as still:
            return still
        case Film(label):
            raise CannotSee(f"{label} is a video; give a picture of it")


def one_film(path: Path) -> Film | Recording:
    """The video or the recording that `path` is. Raises `CannotSee`."""
    if path.is_dir():
        return read_folder(path)
    match next(iter(exhibits_in([path]))):
        case Film() as film:
            return film
        case Still(label):
            raise CannotSee(f"{label} is a picture, where nothing happens; give a video or a recording's folder")


def screens_of(recording: Recording) -> tuple[Still, ...]:
    """The screen before each step, labelled with the step's number from 1, and the last one; `at` since the first."""
    episode = recording.episode
    seen = [(f"step {step.index + 1}", step.seen) for step in episode.steps]
    seen += [("the end", episode.final)] if episode.final else []
    return tuple(Still(label, look.pixels, look.at - seen[0][1].at) for label, look in seen)


def read_folder(path: Path) -> Recording:
    """The recording in the folder `path`. Raises `CannotSee`, also for one without any screen."""
    try:
        recording = read_recording(path)
        screens = screens_of(recording)
    except (BadRecording, NoPicture) as error:
        raise CannotSee(str(error)) from error
    if not screens:
        raise CannotSee(f"{path} is a recording without a screen: {recording.episode.reason or 'nothing was seen'}")
    return recording


def _in(path: Path, pages: Pages) -> Iterator[Exhibit]:
    from agent.queries.documents import read_pdf
    from agent.queries.pictures import read_pictures
    from agent.queries.video import read_film

    if path.is_dir():
        yield from screens_of(read_folder(path))
        return
    with plain_file(path) as file:
        start = file.read(1024)
    if start.startswith(PICTURES) or (start[:4], start[8:12]) == (b"RIFF", b"WEBP"):
        yield from read_pictures(path, pages)
    elif b"%PDF-" in start:
        yield from read_pdf(path, pages)
    elif demuxer := _demuxer(start):
        yield read_film(path, demuxer)
    else:
        raise CannotSee(f"{path} is nothing that can be looked at here: {WANTED} can; it begins with {start[:12]!r}")


def _demuxer(start: bytes) -> str:
    """The FFmpeg demuxer for a file that begins with `start`; "" for none."""
    if start[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip"):
        return "mov"
    if (start[:4], start[8:12]) == (b"RIFF", b"AVI "):
        return "avi"
    if start[:1] == b"G" and start[188:189] != b"G":
        return ""
    return next((demuxer for magic, demuxer in DEMUXERS.items() if start.startswith(magic)), "")

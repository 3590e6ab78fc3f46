"""Times as models write them, and as people read them."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agent.queries.json_reply import json_in

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:\.\d{1,6})?|\d{1,6}(?:\.\d{1,6})?"
BETWEEN = re.compile(
    rf"({CLOCK})\s*(?:s|sec|seconds?)?\s*(?:-|–|—|\bto\b|\band\b|\buntil\b)\s*({CLOCK})(?![\d:])", re.IGNORECASE
)
AT = re.compile(rf"\bat\s+(?:about\s+)?({CLOCK})(?![\d:])", re.IGNORECASE)
NOT_THERE = re.compile(
    r"\b(?:not|never|cannot)\b|n't\b|^\s*no\b|\bno (?:such|event|occurrence|moment|part|time)\b|\bnone\b|\bnowhere\b",
    re.IGNORECASE,
)
STARTS, ENDS = ("start_time", "start", "begin", "from"), ("end_time", "end", "stop", "to")
MOST_EVENTS = 1000


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` to `end`, in seconds."""

    start: float
    end: float


def read_spans(text: str, seconds: float) -> tuple[Span, ...]:
    """The stretches of a video of that length in seconds that a reply names, in order; () when it says never.

    Reads JSON with start and end (seconds, mm:ss.ff or hh:mm:ss), and sentences: "64.0 - 72.0 seconds". An end after
    the video's is cut to it; overlapping stretches become one. Raises `ValueError` for a start after the end or after
    the video's, for a reply that says both never and when, and for one that says neither.
    """
    try:
        found = json_in(text)
    except ValueError:
        spans = tuple(_in_words(text[:100_000]))
    else:
        spans = tuple(_in_json(found))
    if len(spans) > MOST_EVENTS:
        raise ValueError(f"{len(spans)} events are too many to be meant; at most {MOST_EVENTS} are read")
    for span in spans:
        if not 0 <= span.start <= span.end or span.start > seconds:
            raise ValueError(
                f"an event must start within the {seconds:.1f} s shown and end after that; "
                f"found {span.start:g} s to {span.end:g} s"
            )
    joined: list[Span] = []
    for span in sorted(Span(span.start, min(span.end, seconds)) for span in spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def clock(seconds: float) -> str:
    """`seconds` as a person reads them: 0:02.0, 12:34.5, 1:02:03.0."""
    tenths = round(seconds * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    tail = f"{rest // 10:02}.{rest % 10}"
    return f"{hours}:{minutes:02}:{tail}" if hours else f"{minutes}:{tail}"


def _in_json(found: Any) -> Iterator[Span]:
    """The span or the list of spans that `found` is, or that stands alone in it under some name."""
    if isinstance(found, Mapping) and len(inside := [each for each in found.values() if isinstance(each, list)]) == 1:
        found = inside[0]
    if isinstance(found, list) and not (len(found) == 2 and all(isinstance(each, int | float | str) for each in found)):
        yield from map(_span, found)
    else:
        yield _span(found)


def _span(found: Any) -> Span:
    match found:
        case [start, end]:
            return Span(_time(start), _time(end))
        case Mapping() if (start := _field(found, STARTS)) is not None and (end := _field(found, ENDS)) is not None:
            return Span(_time(start), _time(end))
    raise ValueError(f"events have a start_time and an end_time; found {str(found)[:80]!r}")


def _field(found: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((found[name] for name in names if name in found), None)


def _in_words(text: str) -> Iterator[Span]:
    never = NOT_THERE.search(text)
    spans = [Span(_time(start), _time(end)) for start, end in BETWEEN.findall(text)]
    spans = spans or [Span(_time(at), _time(at)) for at in AT.findall(text)]
    if bool(spans) == bool(never):
        wanted = "times such as 64.0 - 72.0 seconds, or that it does not happen"
        raise ValueError(f"wanted {wanted}; found {'both' if never else 'neither'} in {' '.join(text.split())[:120]!r}")
    yield from spans


def _time(found: Any) -> float:
    """Seconds, from a number or from h:m:s, m:s or s in words."""
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        raise ValueError(f"a time is a number of seconds or mm:ss.ff; found {str(found)[:40]!r}")
    if isinstance(found, str):
        bare = re.fullmatch(rf"\s*({CLOCK})\s*(?:s|sec|seconds?)?\s*", found)
        if not bare:
            raise ValueError(f"a time is a number of seconds or mm:ss.ff; found {found[:40]!r}")
        return sum(float(part) * 60.0**power for power, part in enumerate(reversed(bare[1].split(":"))))
    if not math.isfinite(found) or abs(found) > 1e9:
        raise ValueError(f"no video lasts {str(found)[:20]} seconds")
    return float(found)

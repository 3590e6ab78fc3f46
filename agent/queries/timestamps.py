"""Time stamps and time spans: parsed from replies, and written for people."""

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
class TimeSpan:
    """From `start` to `end`, in seconds."""

    start: float
    end: float


def read_spans(text: str, seconds: float) -> tuple[TimeSpan, ...]:
    """The stretches of a video of that length in seconds that a reply names, in order; () when it says never.

    Reads JSON with start and end (seconds, mm:ss.ff or hh:mm:ss), and sentences: "64.0 - 72.0 seconds". An end after
    the video's is cut to it; overlapping stretches become one. Raises `ValueError` for a start after the end or after
    the video's, for a reply that says both never and when, and for one that says neither.
    """
    try:
        value = json_in(text)
    except ValueError:
        spans = tuple(_in_words(text[:100_000]))
    else:
        spans = tuple(_in_json(value))
    if len(spans) > MOST_EVENTS:
        raise ValueError(f"{len(spans)} events are too many to be meant; at most {MOST_EVENTS} are read")
    for span in spans:
        if not 0 <= span.start <= span.end or span.start > seconds:
            raise ValueError(
                f"an event must start within the {seconds:.1f} s shown and end after that; "
                f"found {span.start:g} s to {span.end:g} s"
            )
    joined: list[TimeSpan] = []
    for span in sorted(TimeSpan(span.start, min(span.end, seconds)) for span in spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = TimeSpan(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def clock_time(seconds: float) -> str:
    """`seconds` as a person reads them: 0:02.0, 12:34.5, 1:02:03.0."""
    tenths = round(seconds * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    tail = f"{rest // 10:02}.{rest % 10}"
    return f"{hours}:{minutes:02}:{tail}" if hours else f"{minutes}:{tail}"


def _in_json(value: Any) -> Iterator[TimeSpan]:
    """The span or the list of spans that `value` is, or that stands alone in it under some name."""
    if isinstance(value, Mapping) and len(inside := [each for each in value.values() if isinstance(each, list)]) == 1:
        value = inside[0]
    if isinstance(value, list) and not (len(value) == 2 and all(isinstance(each, int | float | str) for each in value)):
        yield from map(_span, value)
    else:
        yield _span(value)


def _span(value: Any) -> TimeSpan:
    match value:
        case [start, end]:
            return TimeSpan(_time(start), _time(end))
        case Mapping() if (start := _field(value, STARTS)) is not None and (end := _field(value, ENDS)) is not None:
            return TimeSpan(_time(start), _time(end))
    raise ValueError(f"events have a start_time and an end_time; found {str(value)[:80]!r}")


def _field(value: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((value[name] for name in names if name in value), None)


def _in_words(text: str) -> Iterator[TimeSpan]:
    never = NOT_THERE.search(text)
    spans = [TimeSpan(_time(start), _time(end)) for start, end in BETWEEN.findall(text)]
    spans = spans or [TimeSpan(_time(at), _time(at)) for at in AT.findall(text)]
    if bool(spans) == bool(never):
        wanted = "times such as 64.0 - 72.0 seconds, or that it does not happen"
        raise ValueError(f"wanted {wanted}; found {'both' if never else 'neither'} in {' '.join(text.split())[:120]!r}")
    yield from spans


def _time(value: Any) -> float:
    """Seconds, from a number or from h:m:s, m:s or s in words."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"a time is a number of seconds or mm:ss.ff; found {str(value)[:40]!r}")
    if isinstance(value, str):
        bare = re.fullmatch(rf"\s*({CLOCK})\s*(?:s|sec|seconds?)?\s*", value)
        if not bare:
            raise ValueError(f"a time is a number of seconds or mm:ss.ff; found {value[:40]!r}")
        return sum(float(part) * 60.0**power for power, part in enumerate(reversed(bare[1].split(":"))))
    if not math.isfinite(value) or abs(value) > 1e9:
        raise ValueError(f"no video lasts {str(value)[:20]} seconds")
    return float(value)

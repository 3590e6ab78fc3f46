"""When something happens in a video or a recording."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent.dialects.escape import escaped
from agent.episode import NO_USAGE, Usage
from agent.models.chat import ChatModel, Message
from agent.queries.ask import complete_reply
from agent.queries.frame_sampling import sample_frames
from agent.queries.json_reply import json_in
from agent.queries.media import NotAnswered, Video
from agent.queries.media_encoder import MediaEncoder
from agent.queries.media_files import recording_screens
from agent.queries.schema import grammar_of
from agent.queries.timestamps import TimeSpan, read_spans
from agent.recordings.reader import Recording

IN_VIDEO = (
    "Give the query: '{event}', when does the described content occur in the video? Output the start and end timestamp "
    "of each occurrence in JSON format with 'mm:ss.ff' format for time depiction, as "
    '[{{"start_time": "00:00.00", "end_time": "00:00.00"}}]; output [] if it does not occur.'
)
"""Qwen2.5-VL's own two questions about times, made one. Source: its cookbook on video understanding."""
IN_SCREENS = (
    "These are the screens of one recording, numbered in order. On which of them is this so: '{event}'? Output the "
    'numbers of the first and the last screen of each stretch in JSON format, as [{{"first": 1, "last": 1}}]; output '
    "[] if it is so on none."
)
CLOSER_EVENTS = 8
"""Occurrences whose start and end are looked at again."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One stretch of time: seconds from the start; in a recording also the steps on whose screens it is seen.

    In a recording `start` and `end` are when the first and the last of those screens were captured; `at_end` says that
    the final screen, after the last step, is one of them.
    """

    start: float
    end: float
    steps: tuple[int, ...] = ()
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every occurrence, in order, () when it does not happen; and the tokens it took."""

    events: tuple[Occurrence, ...]
    usage: Usage


@dataclass(frozen=True, slots=True)
class EventFinder:
    """Asks `model` when things happen; `closer` lets it look again at the edges where frames were far apart."""

    model: ChatModel
    encoder: MediaEncoder
    closer: bool = True
    reply_tokens: int = 512

    def in_video(self, event: str, video: Video) -> Occurrences:
        """When `event` happens in `video`. Raises `NotAnswered`, `BadMedia`, `ModelFailed`."""
        sizes = self.encoder.dialect.sizes
        sampling = sample_frames(video.size, video.seconds, sizes, sizes.max_tokens, fps=self.encoder.fps)
        spans, usage = self._spans(event, video, 0.0, video.seconds)
        events: list[Occurrence] = []
        for index, span in enumerate(spans):
            edges = [span.start, span.end]
            if self.closer and sampling.spacing > 1.01 / self.encoder.fps and index < CLOSER_EVENTS:
                for side in (0, 1):
                    edges[side], cost = self._closer(event, video, edges[side], sampling.spacing, side)
                    usage += cost
            events.append(Occurrence(min(edges), max(edges)))
        return Occurrences(tuple(events), usage)

    def in_recording(self, event: str, recording: Recording) -> Occurrences:
        """On which screens of `recording` `event` is so. Raises `NotAnswered`, `BadMedia`, `ModelFailed`."""
        screens = recording_screens(recording)
        labelled = [replace(still, label=f"Screen {number}") for number, still in enumerate(screens, 1)]
        prompt = IN_SCREENS.format(event=escaped(event))
        message = Message("user", (*self.encoder.parts(labelled), prompt))
        reply = complete_reply(self.model, (message,), grammar_of(_stretches(len(screens))), self.reply_tokens)
        try:
            stretches = sorted(_read_stretches(json_in(reply.text), len(screens)))
        except ValueError as error:
            raise NotAnswered(f"the reply names no screens that can be used: {error}") from error
        steps = len(recording.episode.steps)
        events = (
            Occurrence(
                screens[first - 1].at or 0.0,
                screens[last - 1].at or 0.0,
                tuple(range(first, min(last, steps) + 1)),
                last > steps,
            )
            for first, last in stretches
        )
        return Occurrences(tuple(events), reply.usage)

    def _spans(self, event: str, video: Video, since: float, seconds: float) -> tuple[tuple[TimeSpan, ...], Usage]:
        """The spans of `event` in that stretch of `video`, in seconds from the stretch's start."""
        sizes = self.encoder.dialect.sizes
        clip = self.encoder.clip(
            video, sample_frames(video.size, seconds, sizes, sizes.max_tokens, since=since, fps=self.encoder.fps)
        )
        message = Message("user", (IN_VIDEO.format(event=escaped(event)), clip))
        reply = complete_reply(self.model, (message,), grammar_of(_occurrences()), self.reply_tokens)
        try:
            return read_spans(reply.text, seconds), reply.usage
        except ValueError as error:
            raise NotAnswered(f"the reply names no times that can be used: {error}") from error

    def _closer(self, event: str, video: Video, edge: float, spacing: float, side: int) -> tuple[float, Usage]:
        """`edge`, a start (side 0) or an end (1), by a second look at what lies within `spacing` of it.

        The first look's stands where the second sees nothing or cannot be read.
        """
        since, until = max(0.0, edge - spacing), min(video.seconds, edge + spacing)
        try:
            spans, usage = self._spans(event, video, since, until - since)
        except NotAnswered:
            return edge, NO_USAGE
        edges = [since + (span.start, span.end)[side] for span in spans]
        return min(edges, key=lambda seen: abs(seen - edge), default=edge), usage


def _occurrences() -> dict[str, Any]:
    time = {"type": "string", "pattern": r"^([0-9]{1,2}:)?[0-9]{2,3}:[0-5][0-9]\.[0-9]{2}$"}
    return _list_of({"start_time": time, "end_time": time})


def _stretches(screens: int) -> dict[str, Any]:
    number = {"type": "integer", "minimum": 1, "maximum": screens}
    return _list_of({"first": number, "last": number})


def _list_of(fields: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    item = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return {"type": "array", "items": item}


def _read_stretches(value: Any, screens: int) -> Iterator[tuple[int, int]]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError(f'wanted a list such as [{{"first": 2, "last": 3}}]; found {str(value)[:80]!r}')
    for each in value:
        match each:
            case {"first": int() as first, "last": int() as last} if 1 <= first <= last <= screens:
                yield first, last
            case _:
                raise ValueError(f"wanted first and last from 1 to {screens}, in order; found {str(each)[:80]!r}")

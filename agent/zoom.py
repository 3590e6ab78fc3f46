"""Zoom: point on the whole screen, then again on an enlarged crop around that point."""

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from agent.dialects.dialect import Detection, Dialect
from agent.dialects.fit import resized
from agent.dialects.whole_reply import is_over
from agent.episode import Decision, Move, Past, Usage
from agent.models.chat import ChatModel
from agent.policy import Policy
from devices import Box, Click, LongPress, MoveTo, Observation, Point
from devices.device import Pixels

ZOOM = 2  # times: half of each side around the point, drawn as large as the whole was
MAX_PLACES = 5  # places that are looked for again; each costs a reply


@dataclass(frozen=True, slots=True)
class Crop:
    """An enlarged part of a picture; maps points on it back to the whole."""

    box: Box
    pixels: Pixels

    def in_whole(self, point: Point) -> Point:
        """The pixel of the whole picture that `point` on the enlargement lies in."""
        height, width = self.pixels.shape[:2]
        right = (2 * point.x + 1) * self.box.width // (2 * width)
        down = (2 * point.y + 1) * self.box.height // (2 * height)
        return Point(self.box.left + right, self.box.top + down)

    def box_in_whole(self, box: Box) -> Box:
        """The smallest box of the whole picture that holds `box` of the enlargement."""
        start, end = self.in_whole(Point(box.left, box.top)), self.in_whole(Point(box.right - 1, box.bottom - 1))
        return Box(start.x, start.y, end.x + 1, end.y + 1)


def crop_around(pixels: Pixels, at: Point, times: int = ZOOM) -> Crop:
    """The part of `pixels` around `at` that is a `times`-th as wide and high, enlarged to the size of the whole.

    It lies inside the picture whole: near an edge, `at` is not its middle.
    """
    height, width = pixels.shape[:2]
    across, down = max(1, width // times), max(1, height // times)
    left = min(max(0, at.x - across // 2), width - across)
    top = min(max(0, at.y - down // 2), height - down)
    crop = Image.fromarray(pixels[top : top + down, left : left + across])
    enlarged = np.asarray(crop.resize((width, height), Image.Resampling.BICUBIC))
    return Crop(Box(left, top, left + across, top + down), enlarged)


def locate_once(
    model: ChatModel, dialect: Dialect, what: str, pixels: Pixels, *, boxes: bool = False, max_tokens: int = 512
) -> tuple[tuple[Detection, ...], Usage]:
    """The places of `what` on `pixels`, in its own pixels, and what it cost to ask.

    Raises `ModelFailed`, and `ValueError` when the answer was cut off or cannot be read.
    """
    fit = dialect.fit((pixels.shape[1], pixels.shape[0]))
    query = dialect.ask_where(what, resized(pixels, fit.picture), fit, boxes=boxes)
    reply = model.complete(query.messages, grammar=query.grammar, max_tokens=max_tokens)
    if not is_over(reply):
        raise ValueError(f"the answer was cut off after {reply.usage.completion} tokens: ask for fewer things")
    return dialect.read_where(reply.text, query.fit), reply.usage


def locate_zoomed(
    model: ChatModel, dialect: Dialect, what: str, pixels: Pixels, *, boxes: bool = False, max_tokens: int = 512
) -> tuple[tuple[Detection, ...], Usage]:
    """Like `locate_once`, but each of the first `MAX_PLACES` places is looked for again on the enlarged crop around it.

    A place stays as it was seen first when the second look finds nothing or cannot be read, and when it is too large to
    gain by it. Raises what `locate_once` raises for the first look.
    """
    coarse, usage = locate_once(model, dialect, what, pixels, boxes=boxes, max_tokens=max_tokens)
    found = list(coarse)
    for place, first in enumerate(coarse[:MAX_PLACES]):
        crop = crop_around(pixels, first.at)
        if first.box and (first.box.width > crop.box.width // 2 or first.box.height > crop.box.height // 2):
            continue
        try:
            finer, cost = locate_once(model, dialect, what, crop.pixels, boxes=boxes, max_tokens=max_tokens)
        except ValueError:
            continue
        usage += cost
        again = [
            replace(each, at=crop.in_whole(each.at), box=each.box and crop.box_in_whole(each.box)) for each in finer
        ]
        found[place] = min(again, key=lambda each: _distance(each.at, first.at), default=first)
    return tuple(found), usage


@dataclass(frozen=True, slots=True)
class ZoomPolicy:
    """A policy that asks `policy` again before it points, on the enlarged part of the screen around the point.

    The second answer counts when it is a move of the same kind; else the first one stays. It costs a second reply, and
    only for moves that point: the enlargement has the size of the screen, so all but the picture is remembered.
    """

    policy: Policy

    @property
    def name(self) -> str:
        return f"{self.policy.name}, zoomed"

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        first = self.policy.decide(goal, past, seen)
        at = _target_of(first.move)
        if at is None or at not in seen.box:
            return first
        crop = crop_around(seen.pixels, at)
        second = self.policy.decide(goal, past, replace(seen, pixels=crop.pixels))
        usage = first.usage + second.usage
        finer = _target_of(second.move)
        if finer is None or _with_target(first.move, Point(0, 0)) != _with_target(second.move, Point(0, 0)):
            return replace(first, usage=usage)
        point = crop.in_whole(finer)
        thought = f"{first.thought}\n(Looked twice: {at} became {point}.)".strip()
        return replace(first, move=_with_target(first.move, point), thought=thought, usage=usage)


def _target_of(move: Move) -> Point | None:
    return move.at if isinstance(move, Click | LongPress | MoveTo) else None


def _with_target(move: Move, at: Point) -> Move:
    return replace(move, at=at) if isinstance(move, Click | LongPress | MoveTo) else move


def _distance(one: Point, other: Point) -> int:
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2

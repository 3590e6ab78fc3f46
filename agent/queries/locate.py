"""Where something is on a picture, in pixels of that picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.builtin.phrases import target
from agent.builtin.quotes import extract_quotes
from agent.dialects.dialect import Detection, Dialect
from agent.episode import NO_USAGE, Usage
from agent.grounding.find import EQUAL, alike, find
from agent.models.chat import ChatModel
from agent.moves import name_of
from agent.policy import NotUnderstood
from agent.queries.media import BadMedia, NotAnswered, Still
from agent.screen.parser import ScreenParser
from agent.zoom import locate_once, locate_zoomed
from devices import Observation


@dataclass(frozen=True, slots=True)
class Locations:
    """Every place that the model names, () where it says that there is none; and the tokens it took."""

    places: tuple[Detection, ...]
    usage: Usage


def locate(
    model: ChatModel,
    dialect: Dialect,
    what: str,
    still: Still,
    *,
    boxes: bool = True,
    zoom: bool = False,
    reply_tokens: int = 512,
) -> Locations:
    """Where `model` sees `what` on `still`; with `zoom` each place is looked at again, enlarged.

    Raises `NotAnswered` for a reply that was cut off or names no place on the picture, `BadMedia`, `ModelFailed`.
    """
    try:
        dialect.fit(still.size)
    except ValueError as error:
        raise BadMedia(f"{still.label}: {error}") from error
    query = locate_zoomed if zoom else locate_once
    try:
        return Locations(*query(model, dialect, what, still.pixels, boxes=boxes, max_tokens=reply_tokens))
    except ValueError as error:
        raise NotAnswered(f"the reply names no place that can be used: {error}") from error


def locate_by_name(what: str, seen: Observation) -> Locations:
    """Where on a parsed screen the thing is that a literal instruction calls so: all that are meant equally well.

    Raises `NotUnderstood` for what is no name, and `PolicyFailed` where the text model is not installed.
    """
    text, quotes = extract_quotes(what)
    meant = target(text, quotes)
    if meant is None:
        raise NotUnderstood(
            f"{what!r} names nothing on a screen; put its label in quotes, or let a model look: --model"
        )
    found = alike(find(meant, ScreenParser().parse(seen)), EQUAL)
    places = (Detection(name_of(each.element), each.at, each.element.box) for each in found)
    return Locations(tuple(places), NO_USAGE)


def as_json(places: Sequence[Detection]) -> list[dict[str, Any]]:
    """`places` for JSON: numbered from 1, points as [x, y], boxes as [left, top, right, bottom]."""
    return [
        {"number": number, "label": each.label, "point": [each.at.x, each.at.y]}
        | ({"box": [each.box.left, each.box.top, each.box.right, each.box.bottom]} if each.box else {})
        for number, each in enumerate(places, 1)
    ]

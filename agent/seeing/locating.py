"""Where something is on a picture, in pixels of the picture that was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.dialects.dialect import Dialect, Found
from agent.dialects.fitting import shown
from agent.episode import Usage
from agent.models.chat import ChatModel
from agent.seeing.asking import completed
from agent.seeing.exhibits import CannotSee, NotAnswered, Still


@dataclass(frozen=True, slots=True)
class Located:
    """Everything found, () where the model says that there is nothing; and what it cost."""

    found: tuple[Found, ...]
    usage: Usage


def locate(
    model: ChatModel, dialect: Dialect, what: str, still: Still, *, boxes: bool = True, reply_tokens: int = 512
) -> Located:
    """Where `model` sees `what` on `still`. Raises `NotAnswered`, `CannotSee`, `ModelFailed`; guesses nothing."""
    try:
        fit = dialect.fit(still.size)
    except ValueError as error:
        raise CannotSee(f"{still.label}: {error}") from error
    asked = dialect.ask_where(what, shown(still.pixels, fit.picture), fit, boxes=boxes)
    reply = completed(model, asked.messages, asked.grammar, reply_tokens)
    try:
        return Located(dialect.read_where(reply.text, fit), reply.usage)
    except ValueError as error:
        raise NotAnswered(f"the reply names no place that can be used: {error}") from error


def plain(found: Sequence[Found]) -> list[dict[str, Any]]:
    """`found` for JSON: numbered from 1, points as [x, y], boxes as [left, top, right, bottom]."""
    return [
        {"number": number, "label": each.label, "point": [each.at.x, each.at.y]}
        | ({"box": [each.box.left, each.box.top, each.box.right, each.box.bottom]} if each.box else {})
        for number, each in enumerate(found, 1)
    ]

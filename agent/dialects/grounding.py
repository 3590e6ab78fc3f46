"""Asking where something is, and reading the boxes or points of the answer."""

from dataclasses import dataclass

from agent.dialects.dialect import Found
from agent.dialects.fitting import Fit
from agent.models.chat import Grammar


@dataclass(frozen=True, slots=True)
class JsonPlaces:
    """Places as `[{"bbox_2d": [...], "label": ...}]`."""

    def question(self, what: str, fit: Fit, *, boxes: bool) -> tuple[str, Grammar | None]:
        kind = "bbox" if boxes else "point"
        return f"Locate {what}, output its {kind} coordinates using JSON format.", None

    def places(self, text: str, fit: Fit) -> tuple[Found, ...]:
        raise ValueError("not yet")

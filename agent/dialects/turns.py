"""How the turns of a conversation are written around its screens: each family has its own layout."""

import json
from dataclasses import dataclass

from agent.dialects.escape import escaped
from agent.models.chat import Message, Part, Picture


@dataclass(frozen=True, slots=True)
class Turns:
    """`first` and `later` are the person's turns: `{screen}` is the picture, `{opening}` the goal and the steps given
    as text, `{note}` what came of the step before, `{app}` the application in front, as a JSON string.

    `label` stands before the present screen, `past_label` before one that is shown again, and `gone` for one that is
    not. With `replays_all` every step is a turn of its own, whether its screen is shown or not.
    """

    first: str = "{opening}{screen}"
    later: str = "{note}{screen}"
    label: str = ""
    past_label: str = ""
    gone: str = ""
    replays_all: bool = False

    def user(self, opening: str, note: str, app: str, picture: Picture | None, *, past: bool) -> Message:
        """The person's turn; the first one where there is an `opening`. `picture` is None for a screen not shown."""
        before, _, after = (self.first if opening else self.later).partition("{screen}")
        fields = {"opening": opening, "note": note, "app": json.dumps(escaped(app), ensure_ascii=False)}
        shown: tuple[Part, ...] = (self.gone,)
        if picture is not None:
            shown = (self.past_label if past else self.label, picture)
        parts = (_filled(before, fields), *shown, _filled(after, fields))
        return Message("user", tuple(part for part in parts if part != ""))


PLAIN = Turns()
"""The goal and what was done so far, then the screen; later screens alone."""


def _filled(template: str, fields: dict[str, str]) -> str:
    """`template` with each `{name}` replaced once; braces in what is put in say nothing."""
    text = ""
    while (start := template.find("{")) >= 0:
        name, _, rest = template[start + 1 :].partition("}")
        if name in fields:
            text, template = text + template[:start] + fields[name], rest
        else:
            text, template = text + template[: start + 1], template[start + 1 :]
    return text + template

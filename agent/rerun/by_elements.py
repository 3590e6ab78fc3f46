"""A phone's screen laid over today's by the widgets that it tells: what each is, says, and whether it is on."""

from agent.builtin.phone.widgets import FIELDS, widgets
from agent.builtin.screen_text import Word
from agent.rerun.text_match import Wording, compared
from devices import Element, Observation


def laid_by_elements(then: Observation, now: Observation) -> Wording | None:
    """Both screens' widgets laid over one another; None where one of them tells none.

    A switch that is on is another thing than one that is off, and a field that has the focus than one that has not.
    """
    old, new = ([_as_word(each) for each in widgets(seen)] for seen in (then, now))
    return compared(old, new, str.__eq__) if old and new else None


def _as_word(element: Element) -> Word:
    state = {True: "on", False: "off", None: ""}[element.checked]
    focus = "focused" if element.focused and element.role in FIELDS else ""
    return Word(" ".join(filter(None, (element.role, element.text, state, focus))), element.box, 1.0)

"""Which elements a word for an element may mean: "button" means buttons, a link at a pinch, a heading never."""

from devices import Element
from devices.roles import CONTROLS, FIELDS, TOGGLES

PRESSED = {"button", "link", "menuitem", "menu", "tab", "item", "choice", "icon", "image"}
"""What a press is all that is done with."""


def _costs(*groups: tuple[float, str]) -> dict[str, float]:
    return {role: cost for cost, roles in groups for role in roles.split()}


COSTS: dict[str, dict[str, float]] = {
    "": _costs((0, " ".join(CONTROLS)), (3, "image progress"), (6, "text heading cell")),
    "button": _costs((0, "button"), (1, "icon"), (3, "image"), (6, "link menuitem menu tab item choice"), (12, "text")),
    "link": _costs((0, "link"), (6, "button menuitem tab item"), (8, "text icon image")),
    "icon": _costs((0, "icon image"), (1, "button"), (3, "link item cell"), (6, "text")),
    "tab": _costs((0, "tab"), (5, "button link radio item menuitem"), (10, "text")),
    "menu": _costs((0, "menu"), (3, "menuitem"), (4, "button choice item tab"), (10, "text")),
    "item": _costs((0, "item menuitem"), (2, "cell"), (4, "icon image text button link tab radio checkbox choice")),
    "cell": _costs((0, "cell"), (3, "item text"), (5, "field button link checkbox")),
    "choice": _costs((0, "choice"), (6, "button item"), (12, "text")),
    "checkbox": _costs((0, "checkbox"), (2, "switch"), (3, "radio"), (12, "text")),
    "field": _costs((0, "field password"), (2, "spinner"), (14, "text")),
    "password": _costs((0, "password"), (3, "field")),
    "spinner": _costs((0, "spinner"), (3, "field")),
    "toggle": _costs((0, "checkbox switch radio")),
    "value": _costs((0, "field password spinner slider choice checkbox switch radio"), (6, "button item cell")),
    "slider": _costs((0, "slider")),
    "progress": _costs((0, "progress"), (10, "text")),
    "text": _costs((0, "text heading cell"), (3, "link item"), (5, "button image icon tab menuitem menu")),
    "file": _costs((0, "item icon image cell"), (3, "text link button")),
}
"""How many points each role is worse than the one that was asked for; what is not listed contradicts it. A "toggle" is
what can be on and off, a "value" what holds one."""
COSTS |= {
    "image": COSTS["icon"],
    "menuitem": COSTS["item"] | {"menu": 1.0},
    "folder": COSTS["file"],
    "list": COSTS["choice"],
}
COSTS |= {"heading": COSTS["text"] | {"text": 2.0}, "table": COSTS["text"], "key": COSTS["button"]}
COSTS |= {role: COSTS["checkbox"] | {role: 0.0, "checkbox": 1.0} for role in ("switch", "radio")}


def role_cost(asked: str, element: Element) -> float | None:
    """How much worse than asked `element` is, in points of similarity; None where its role contradicts `asked`."""
    cost = COSTS.get(asked, COSTS[""]).get(element.role)
    if cost is None and asked in (*TOGGLES, "toggle") and element.checked is not None:
        return 3.0  # a menu item or a button that is on or off
    if cost is None and asked in (*FIELDS, "value") and element.editable:
        return 4.0
    return cost


def is_control(element: Element) -> bool:
    """Whether it does something by itself, as labels and headings do not."""
    return element.role in CONTROLS

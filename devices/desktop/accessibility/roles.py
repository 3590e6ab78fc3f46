"""AT-SPI2's numbers for roles and states (atspi-constants.h of at-spi2-core 2.46), and ours for them."""

from devices.device import Element
from devices.roles import CONTROLS

COMBO_BOX, MENU, PASSWORD, PROGRESS, BUTTON, SLIDER, SPINNER, TOGGLE = 11, 33, 40, 42, 43, 51, 52, 62
FIELD_ROLES = frozenset({12, 61, 76, 77, 79})  # date editor, text, autocomplete, edit bar, entry
TEXTS = FIELD_ROLES | {COMBO_BOX}
"""A text is what they hold."""
VALUES = frozenset({15, PROGRESS, SLIDER, SPINNER, 103})
"""A dial, a progress bar, a slider, a spin button, a level bar: a number is what they hold."""

UNCLIPPED = frozenset({COMBO_BOX, MENU, 35, 41, BUTTON, TOGGLE, 129})
"""What is in these may open outside them: a menu, a list."""

MENU_BAR, TAB, TAB_LIST, POPUP_MENU = 34, 37, 38, 41

ACTIVE, CHECKED, COLLAPSED, EDITABLE, ENABLED, EXPANDABLE, EXPANDED, FOCUSED = 1, 4, 5, 7, 8, 9, 10, 12
PRESSED, SELECTABLE, SELECTED, SENSITIVE, SHOWING = 20, 22, 23, 24, 25

_ROLES = {
    7: "checkbox",
    8: "menuitem",  # with a tick
    10: "heading",
    COMBO_BOX: "choice",
    13: "icon",
    15: "slider",
    26: "icon",
    27: "image",
    29: "text",
    32: "item",
    MENU: "menu",
    35: "menuitem",
    TAB: "tab",
    PASSWORD: "password",
    PROGRESS: "progress",
    BUTTON: "button",
    44: "radio",
    45: "menuitem",  # one of several
    47: "heading",
    SLIDER: "slider",
    SPINNER: "spinner",
    56: "cell",
    57: "heading",
    58: "heading",
    59: "menuitem",
    TOGGLE: "button",
    83: "heading",
    88: "link",
    90: "item",
    91: "item",
    103: "progress",
    129: "button",
    130: "switch",
}
_TICKED = frozenset({7, 8, 44, 45, TOGGLE, 130})


def role_of(number: int, states: int, *, named: bool, leaf: bool) -> str:
    """Our role for AT-SPI2's `number`; "" for what is only a container.

    A toggle button with a name is a button that stays down; GTK's and the web's switches have the same role, and their
    name beside them.
    """
    if number in FIELD_ROLES:
        return "field" if has(states, EDITABLE) else "text"
    if number == TOGGLE and not named:
        return "switch"
    return _ROLES.get(number, "text" if leaf else "")


def is_control(role: str) -> bool:
    return role in CONTROLS or role == "progress"


def has(states: int, state: int) -> bool:
    """Whether the bit of `state` is set."""
    return bool(states >> state & 1)


def with_states(element: Element, number: int, states: int) -> Element:
    """`element` with what `states` say of it."""
    down = has(states, CHECKED) or has(states, PRESSED)
    return Element(
        element.role,
        element.text,
        element.box,
        focused=has(states, FOCUSED),
        checked=down if number in _TICKED else None,
        enabled=has(states, SENSITIVE) or has(states, ENABLED),
        selected=has(states, SELECTED) if has(states, SELECTABLE) else None,
        expanded=has(states, EXPANDED) if has(states, EXPANDABLE) else None,
        editable=has(states, EDITABLE),
        value=element.value,
        hint=element.hint,
    )

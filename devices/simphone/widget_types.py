"""The widgets of a screen: frozen values with what to draw and what to call."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

FILL = -1
Act = Callable[[], None]
Axis = Literal["down", "across", "over"]
Align = Literal["stretch", "start", "center", "end"]
Pad = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Widget:
    """What all widgets share. Lengths are dp; a `width` or `height` of 0 is as much as needed, FILL all there is.

    `weight` takes a share of what the others leave along the parent's axis. `press` and `hold` are called for a tap
    and a long press; `checked` None means that it cannot be checked. A `silent` one is drawn, but not in the tree.
    """

    cls: str = ""
    id: str = ""
    desc: str = ""
    press: Act | None = None
    hold: Act | None = None
    checked: bool | None = None
    silent: bool = False
    enabled: bool = True
    selected: bool = False
    width: float = 0
    height: float = 0
    weight: float = 0
    fill: str = ""
    radius: float = 0
    border: str = ""
    pad: Pad = (0, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Text(Widget):
    """Words, wrapped to the width there is; `lines` cuts after so many, with an ellipsis."""

    text: str
    size: float = 16
    color: str = "text"
    bold: bool = False
    align: Align = "start"
    lines: int = 0


@dataclass(frozen=True, kw_only=True)
class Icon(Widget):
    """A pictogram by name; see `icon_shapes.SHAPES`."""

    name: str
    size: float = 24
    color: str = "text"


@dataclass(frozen=True, kw_only=True)
class Group(Widget):
    """Children one after the other ("down", "across") or one on the other ("over").

    `align` is across the axis, `justify` along it.
    """

    axis: Axis = "down"
    children: tuple[Widget, ...] = ()
    gap: float = 0
    align: Align = "stretch"
    justify: Align = "start"


@dataclass(frozen=True, kw_only=True)
class ScrollView(Widget):
    """A window on a taller child; `key` names its offset on the screen. `end` starts it at the bottom."""

    child: Widget
    key: str = "list"
    end: bool = False


@dataclass(frozen=True, kw_only=True)
class Field(Widget):
    """A text field; what it holds is the screen's entry `key`. Without a `hint` it has no label.

    `submit` is called by Enter. A `multiline` field is at least `rows` lines high; a `bare` one has no edge.
    """

    key: str
    hint: str = ""
    password: bool = False
    multiline: bool = False
    rows: int = 1
    numeric: bool = False
    bare: bool = False
    size: float = 16
    submit: Act | None = None


@dataclass(frozen=True, kw_only=True)
class Switch(Widget):
    """A toggle; the row around it is what one presses."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class Slider(Widget):
    """A value from 0 to 1, set where a finger puts it."""

    value: float
    slide: Callable[[float], None] = field(default=lambda value: None)

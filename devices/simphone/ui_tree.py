"""The accessibility tree that uiautomator dumps, from the same layout as the pixels."""

from collections.abc import Iterator
from dataclasses import dataclass

from devices.device import Box
from devices.simphone.scene import Scene
from devices.simphone.text_buffer import TextBuffer
from devices.simphone.widget_layout import PlacedWidget
from devices.simphone.widget_types import Field, Group, Icon, ScrollView, Slider, Switch, Text, Widget

CLASSES: dict[type[Widget], str] = {
    Text: "android.widget.TextView",
    Icon: "android.widget.ImageView",
    Field: "android.widget.EditText",
    Switch: "android.widget.Switch",
    Slider: "android.widget.SeekBar",
    ScrollView: "androidx.recyclerview.widget.RecyclerView",
    Group: "android.widget.LinearLayout",
}


@dataclass(frozen=True, slots=True)
class UiNode:
    """One widget as uiautomator dumps it; `box` is the part of it that is visible, in pixels of the frame."""

    cls: str
    box: Box
    package: str
    text: str = ""
    resource_id: str = ""
    description: str = ""
    clickable: bool = False
    long_clickable: bool = False
    checkable: bool = False
    checked: bool = False
    enabled: bool = True
    focusable: bool = False
    focused: bool = False
    scrollable: bool = False
    password: bool = False
    selected: bool = False
    children: tuple["UiNode", ...] = ()

    def walk(self) -> Iterator["UiNode"]:
        """This node and all below it, in the order of a dump."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(scene: Scene) -> UiNode:
    """The window that has the focus and nothing else: bars, keyboard and what lies behind are not in it, as on Android.

    Groups that only arrange others are left out.
    """
    layer = scene.layers[-1]
    screen = layer.screen
    children = _nodes(layer.placed, screen.package, screen.buffers, screen.focus)
    width, height = scene.size
    box = layer.placed.shown if screen.floating else Box(0, 0, width, height)
    return UiNode("android.widget.FrameLayout", box, screen.package, children=children)


def _nodes(placed: PlacedWidget, package: str, entries: dict[str, TextBuffer], focus: str) -> tuple[UiNode, ...]:
    if placed.widget.silent or not placed.shown.width or not placed.shown.height:
        return ()
    widget = placed.widget
    children = tuple(node for child in placed.children for node in _nodes(child, package, entries, focus))
    accessible = widget.press or widget.hold or widget.id or widget.desc or widget.checked is not None
    if isinstance(widget, Group) and not accessible:
        return children
    text, focused, password = "", False, False
    match widget:
        case Text(text=words):
            text = words
        case Field(key=key, hint=hint, password=password):
            typed = entries[key].text if key in entries else ""
            text = ("•" * len(typed) if password else typed) or hint
            focused = key == focus
        case Slider(value=value):
            text = f"{value:.2f}"
    return (
        UiNode(
            widget.cls or CLASSES[type(widget)],
            placed.shown,
            package,
            text,
            widget.id,
            widget.desc,
            clickable=widget.press is not None or isinstance(widget, Field | Slider),
            long_clickable=widget.hold is not None or isinstance(widget, Field),
            checkable=widget.checked is not None,
            checked=bool(widget.checked),
            enabled=widget.enabled,
            focusable=widget.press is not None or isinstance(widget, Field | Slider | ScrollView),
            focused=focused,
            scrollable=isinstance(widget, ScrollView) and placed.limit > 0,
            password=password,
            selected=widget.selected,
            children=children,
        ),
    )

"""The tree that uiautomator dumps, from the same layout that the pixels come from."""

from devices.device import Box
from devices.simphone.editing import Entry
from devices.simphone.layout import Placed
from devices.simphone.node import Node
from devices.simphone.scene import Scene
from devices.simphone.widgets import Field, Group, Icon, Scroll, Slider, Switch, Text, Widget

CLASSES: dict[type[Widget], str] = {
    Text: "android.widget.TextView",
    Icon: "android.widget.ImageView",
    Field: "android.widget.EditText",
    Switch: "android.widget.Switch",
    Slider: "android.widget.SeekBar",
    Scroll: "androidx.recyclerview.widget.RecyclerView",
    Group: "android.widget.LinearLayout",
}


def tree(scene: Scene) -> Node:
    """The window that has the focus and nothing else: bars, keyboard and what lies behind are not in it, as on Android.

    Groups that only arrange others are left out.
    """
    layer = scene.layers[-1]
    screen = layer.screen
    children = _nodes(layer.placed, screen.package, screen.entries, screen.focus)
    width, height = scene.size
    box = layer.placed.shown if screen.floating else Box(0, 0, width, height)
    return Node("android.widget.FrameLayout", box, screen.package, children=children)


def _nodes(placed: Placed, package: str, entries: dict[str, Entry], focus: str) -> tuple[Node, ...]:
    if placed.widget.silent or not placed.shown.width or not placed.shown.height:
        return ()
    widget = placed.widget
    children = tuple(node for child in placed.children for node in _nodes(child, package, entries, focus))
    said = widget.press or widget.hold or widget.id or widget.desc or widget.checked is not None
    if isinstance(widget, Group) and not said:
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
        Node(
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
            focusable=widget.press is not None or isinstance(widget, Field | Slider | Scroll),
            focused=focused,
            scrollable=isinstance(widget, Scroll) and placed.limit > 0,
            password=password,
            selected=widget.selected,
            children=children,
        ),
    )

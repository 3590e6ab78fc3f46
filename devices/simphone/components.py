"""Composite widgets that the applications share: bars, rows, buttons."""

from collections.abc import Sequence

from devices.simphone.widget_types import FILL, Act, Field, Group, Icon, Pad, ScrollView, Slider, Switch, Text, Widget

COLORS = ("#c2410c", "#0f766e", "#1d4ed8", "#7e22ce", "#be185d", "#15803d", "#a16207", "#334155")


def column(*children: Widget, gap: float = 0, pad: Pad = (0, 0, 0, 0), weight: float = 0, fill: str = "") -> Group:
    return Group(axis="down", children=children, gap=gap, pad=pad, weight=weight, fill=fill)


def row(*children: Widget, gap: float = 0, pad: Pad = (0, 0, 0, 0), height: float = 0) -> Group:
    return Group(axis="across", children=children, gap=gap, pad=pad, height=height, align="center")


def space(height: float = 0, weight: float = 0) -> Group:
    return Group(height=height, weight=weight)


def icon_button(name: str, desc: str, press: Act, id: str = "", color: str = "text") -> Group:  # noqa: A002 - Android's word
    """A pictogram of 48 dp that can be pressed; `desc` is its content description."""
    picture = Icon(name=name, color=color)
    return Group(
        axis="over", children=(picture,), width=48, height=48, align="center", justify="center",
        cls="android.widget.ImageButton", desc=desc, press=press, id=id,
    )  # fmt: skip


def margin(width: float) -> Group:
    return Group(width=width)


def app_bar(title: str, *actions: Widget, back: Act | None = None) -> Group:
    """The title line of a screen, an arrow before it where one can go up."""
    up = (icon_button("back", "Navigate up", back),) if back else ()
    words = Text(text=title, size=21, bold=True, lines=1, weight=1, pad=(8 if back else 16, 0, 8, 0))
    return Group(axis="across", children=(*up, words, *actions), height=60, pad=(4, 4, 4, 4), align="center")


def page(bar: Widget, *body: Widget) -> Group:
    """A screen: its bar and what is below it."""
    return Group(children=(bar, *body), fill="background")


def scroll_column(
    *children: Widget, key: str = "list", pad: Pad = (0, 0, 0, 16), gap: float = 0, end: bool = False
) -> ScrollView:
    return ScrollView(child=column(*children, pad=pad, gap=gap), weight=1, key=key, end=end)


def section(title: str) -> Text:
    return Text(text=title, size=14, bold=True, color="primary", pad=(20, 16, 20, 6))


def item(
    title: str,
    summary: str = "",
    *,
    icon: str = "",
    press: Act | None = None,
    hold: Act | None = None,
    on: bool | None = None,
    trailing: Sequence[Widget] = (),
    leading: Widget | None = None,
    enabled: bool = True,
) -> Group:
    """A line of a list; with `on` it carries a switch and is itself the thing to check."""
    front: tuple[Widget, ...] = (leading,) if leading else ()
    if icon:
        front = (Icon(name=icon, color="dim", enabled=enabled),)
    words: tuple[Widget, ...] = (Text(text=title, size=17, lines=2, id="android:id/title", enabled=enabled),)
    if summary:
        words += (Text(text=summary, size=14, color="dim", lines=2, id="android:id/summary", enabled=enabled),)
    back: tuple[Widget, ...] = tuple(trailing)
    if on is not None:
        switch = Switch(on=on, checked=on, cls="android.widget.Switch", id="android:id/switch_widget", enabled=enabled)
        back = (*back, switch)
    return Group(
        axis="across",
        children=(*front, Group(children=words, gap=1, weight=1), *back),
        gap=18,
        pad=(20, 12, 20, 12),
        align="center",
        press=press if enabled else None,
        hold=hold,
        enabled=enabled,
    )


def avatar(name: str, size: float = 40) -> Group:
    """The first letter of `name` on a disc whose colour is the name's own."""
    letter = Text(text=name[:1].upper() or "?", size=size * 0.45, color="#ffffff", bold=True, align="center")
    color = COLORS[sum(map(ord, name)) % len(COLORS)]
    return Group(
        axis="over", silent=True, children=(letter,), width=size, height=size, fill=color, radius=size / 2,
        align="center", justify="center",
    )  # fmt: skip


def button(
    label: str,
    press: Act,
    *,
    filled: bool = True,
    enabled: bool = True,
    color: str = "",
    weight: float = 0,
    id: str = "",  # noqa: A002 - Android's word
) -> Group:
    """A button with a word on it."""
    ink = ("on_primary" if filled else "primary") if not color else ("#ffffff" if filled else color)
    words = Text(text=label, size=15, bold=True, color=ink, align="center", lines=1, enabled=enabled)
    return Group(
        axis="over",
        children=(words,),
        height=48,
        pad=(20, 4, 20, 4) if filled else (12, 4, 12, 4),
        radius=24,
        fill=(color or "primary") if filled and enabled else ("surface" if filled else ""),
        align="center",
        justify="center",
        cls="android.widget.Button",
        press=press if enabled else None,
        enabled=enabled,
        weight=weight,
        id=id,
    )


def floating_button(name: str, desc: str, press: Act) -> Group:
    """The round button that stands over the lower right corner."""
    picture = Group(
        axis="over", children=(Icon(name=name, color="on_tint", size=26),), width=60, height=60, fill="tint", radius=18,
        align="center", justify="center", press=press, desc=desc, cls="android.widget.ImageButton",
    )  # fmt: skip
    return Group(axis="over", children=(picture,), pad=(0, 0, 20, 20), align="end", justify="end")


def over(below: Widget, *above: Widget) -> Group:
    """Widgets stacked over `below`, all as large as there is room."""
    grown = tuple(_grown(widget) for widget in above)
    return Group(axis="over", children=(below, *grown), weight=1)


def _grown(widget: Widget) -> Widget:
    from dataclasses import replace

    return replace(widget, width=FILL, height=FILL)


def line() -> Group:
    return Group(height=0.5, fill="line")


def field(
    key: str,
    hint: str,
    *,
    numeric: bool = False,
    password: bool = False,
    submit: Act | None = None,
    id: str = "",  # noqa: A002 - Android's word
) -> Field:
    """A field of a form with its label."""
    return Field(key=key, hint=hint, numeric=numeric, password=password, submit=submit, id=id)


def slider_row(title: str, slider: Slider) -> Group:
    return column(Text(text=title, size=17, id="android:id/title"), slider, pad=(20, 12, 20, 4), gap=2)


def search_box(hint: str, id: str = "") -> Group:  # noqa: A002 - Android's word
    """A rounded field with the key "search", to narrow a list."""
    words = Field(key="search", hint=hint, bare=True, size=17, weight=1, id=id)
    box = Group(
        axis="across", children=(Icon(name="search", color="dim"), words), gap=12, height=50, pad=(16, 0, 16, 0),
        fill="surface", radius=25, align="center",
    )  # fmt: skip
    return Group(children=(box,), pad=(16, 0, 16, 8))

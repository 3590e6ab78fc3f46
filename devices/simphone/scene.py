"""The layout of the whole display: windows from back to front, bars, keyboard."""

from dataclasses import dataclass

from devices.device import Box
from devices.simphone import key_events
from devices.simphone.phone_system import AppScreen, PhoneSystem
from devices.simphone.soft_keyboard import keyboard
from devices.simphone.system_bars import NAVIGATION, STATUS, navigation_bar, status_bar, toast_bubble
from devices.simphone.text_editing import focused_field
from devices.simphone.widget_layout import PlacedWidget, WidgetLayout
from devices.simphone.widget_types import Field


@dataclass(frozen=True, slots=True)
class Layer:
    """One window: its screen, and where its widgets are."""

    screen: AppScreen
    placed: PlacedWidget


@dataclass(frozen=True, slots=True)
class Scene:
    """What a finger can meet and an eye can see. The last of `layers` has the focus."""

    size: tuple[int, int]
    layers: tuple[Layer, ...]
    bars: tuple[PlacedWidget, ...]
    keys: PlacedWidget | None
    toast: PlacedWidget | None


def scene(system: PhoneSystem) -> Scene:
    """Lay everything out as the state of the phone is now."""
    theme, (width, height) = system.theme, system.frame_size
    layout = WidgetLayout(theme, {}, {})
    status, bottom = theme.px(STATUS), height - (0 if system.locked else theme.px(NAVIGATION))
    stack = system.covers[-1:] if system.covers and not system.covers[-1].floating else _visible(system)
    ink = "#ffffff" if stack[0].wallpaper else "text"
    bars = [layout.place(status_bar(system, ink), Box(0, 0, width, status))]
    if not system.locked:
        acts = (lambda: key_events.go_back(system), system.go_home, lambda: _recents(system))
        bars.append(layout.place(navigation_bar(*acts, ink), Box(0, bottom, width, height)))
    area = Box(0, status, width, bottom)
    typing = system.keyboard_up and bool(system.top.focus)
    if typing:  # all keyboards for all fields are equally high
        area = Box(0, status, width, bottom - layout.measure(keyboard(system, False, width > height), width)[1])
    layers = tuple(_layer(system, screen, area) for screen in stack)
    pressed = None
    if typing:
        field = focused_field(system)
        typewriter = keyboard(system, field is not None and field.numeric, width > height)
        pressed = layout.place(typewriter, Box(0, area.bottom, width, bottom))
    return Scene((width, height), layers, tuple(bars), pressed, _toast(system, layout, area))


def _visible(system: PhoneSystem) -> list[AppScreen]:
    """The front application's last full screen, and the dialogs over it."""
    screens = system.covers or system.task.screens
    first = max((n for n, screen in enumerate(screens) if not screen.floating), default=None)
    if first is not None:
        return screens[first:]
    below = next(s for s in reversed(system.tasks[-2].screens) if not s.floating) if len(system.tasks) > 1 else None
    return [*([below] if below else []), *screens]


def _recents(system: PhoneSystem) -> None:
    key_events.press(system, (187,))


def _layer(system: PhoneSystem, screen: AppScreen, area: Box) -> Layer:
    layout = WidgetLayout(system.theme, screen.scrolls, screen.buffers)
    widget = screen.view(system, screen)
    if not screen.floating:
        placed = layout.place(widget, area)
    else:
        px = system.theme.px
        room = min(area.width - px(48), px(400))
        wide, high = layout.measure(widget, room)
        high = min(high, area.height - px(12))
        if screen.anchor is None:
            wide = room
            left, top = area.center.x - wide // 2, area.center.y - high // 2
        else:
            at = screen.anchor
            left = at.left if at.width else area.right - wide - px(8)
            top = at.bottom if at.height else area.top + px(8)
            left = min(max(left, area.left + px(8)), area.right - wide - px(8))
            top = min(max(top, area.top), area.bottom - high)
        placed = layout.place(widget, Box(left, top, left + wide, top + high))
    screen.fields = tuple(part.widget for part in placed.walk() if isinstance(part.widget, Field))
    return Layer(screen, placed)


def _toast(system: PhoneSystem, layout: WidgetLayout, area: Box) -> PlacedWidget | None:
    if not system.toast_text or system.clock() >= system.toast_until:
        return None
    bubble, px = toast_bubble(system.toast_text), layout.theme.px
    wide, high = layout.measure(bubble, area.width - px(64))
    left, top = area.center.x - wide // 2, area.bottom - high - px(24)
    return layout.place(bubble, Box(left, top, left + wide, top + high))

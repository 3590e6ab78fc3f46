"""Rows of a settings page: switches, choices and sliders that are the phone's settings."""

from collections.abc import Callable

from devices.simphone.components import app_bar, item, page, scroll_column, slider_row
from devices.simphone.dialogs import choice_dialog
from devices.simphone.phone_system import AppScreen, PhoneSystem
from devices.simphone.widget_types import Group, Slider, Widget

View = Callable[[PhoneSystem, AppScreen], Widget]


def settings_page(system: PhoneSystem, title: str, *lines: Widget) -> Group:
    """A page with an arrow back and its lines."""
    return page(app_bar(title, back=system.pop), scroll_column(*lines))


def open_page(system: PhoneSystem, activity: str, view: View) -> None:
    system.push(AppScreen("com.android.settings", f"com.android.settings.Settings${activity}Activity", view))


def toggle(
    system: PhoneSystem, title: str, space_: str, name: str, summary: str = "", icon: str = "", enabled: bool = True
) -> Widget:
    """A line with a switch that is the setting `name`."""
    on = system.is_on(space_, name)
    return item(title, summary, icon=icon, on=on, press=lambda: system.toggle(space_, name), enabled=enabled)


def choose(system: PhoneSystem, title: str, space_: str, name: str, choices: dict[str, str], icon: str = "") -> Widget:
    """A line that opens a list of choices for the setting `name`."""
    values = {value: label for label, value in choices.items()}
    chosen = values.get(system.settings[space_].get(name, ""), "Custom")

    def put(label: str) -> None:
        system.put(space_, name, choices[label])

    def ask() -> None:
        system.push(choice_dialog(system, title, list(choices), chosen, put))

    return item(title, chosen, icon=icon, press=ask)


def level(system: PhoneSystem, title: str, space_: str, name: str, top: int) -> Widget:
    """A slider that is the setting `name`, from 0 to `top`."""
    value = system.number(space_, name)

    def slide(to: float) -> None:
        system.put(space_, name, str(round(to * top)))

    return slider_row(title, Slider(value=value / top, slide=slide, desc=title))

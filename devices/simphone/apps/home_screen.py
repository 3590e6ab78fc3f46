"""The home screen: the clock and an icon for every application."""

from devices.simphone.components import column, space
from devices.simphone.dialogs import menu
from devices.simphone.lock_screen import big_clock
from devices.simphone.phone_system import App, AppScreen, PhoneSystem
from devices.simphone.widget_types import Group, Icon, Text, Widget


def home(system: PhoneSystem, screen: AppScreen) -> Widget:
    """Icons with their labels below, four across upright and seven lying down."""
    width, height = system.frame_size
    across = 4 if width < height else 7
    icons = [_icon(system, app) for app in system.apps.values()]
    icons += [Group(weight=1)] * (-len(icons) % across)
    rows = tuple(
        Group(axis="across", children=tuple(icons[n : n + across]), height=104) for n in range(0, len(icons), across)
    )
    top = (space(40), big_clock(system), space(weight=1)) if width < height else (space(weight=1),)
    return column(*top, *rows, space(28 if width < height else 8), pad=(10, 0, 10, 0))


def _icon(system: PhoneSystem, app: App) -> Widget:
    package = app.package

    def held() -> None:
        menu(system, [("Open", lambda: _open(system, package.package)), ("App info", lambda: _about(system, app))])

    mark = Group(
        axis="over", children=(Icon(name=app.icon, size=32, color="#ffffff"),), width=58, height=58, radius=18,
        fill=app.color, align="center", justify="center",
    )  # fmt: skip
    label = Text(text=package.label, size=13, color="#ffffff", align="center", lines=1)
    return Group(
        children=(mark, label), gap=6, weight=1, height=-1, align="center", justify="center", hold=held,
        press=lambda: _open(system, package.package), desc=package.label,
    )  # fmt: skip


def _open(system: PhoneSystem, package: str) -> None:
    system.launch(package)


def _about(system: PhoneSystem, app: App) -> None:
    system.launch("com.android.settings", "com.android.settings.applications.InstalledAppDetails", app.package.package)

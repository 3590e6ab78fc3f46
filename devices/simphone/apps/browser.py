"""A browser that takes any address and has no network behind it."""

from devices.simphone.components import column, page
from devices.simphone.phone_system import App, AppScreen, Package, PhoneSystem
from devices.simphone.widget_types import Field, Group, Icon, ScrollView, Text, Widget

PACKAGE = "com.android.browser"
HOME = "start.example"


def browse(system: PhoneSystem, screen: AppScreen) -> Widget:
    """The address field, and the page that says where one is."""
    address = screen.extra["address"]

    def visit() -> None:
        screen.extra["address"] = screen.text("address").strip() or HOME
        screen.focus, system.keyboard_up, system.transition = "", False, "fade"

    box = Group(
        axis="across",
        children=(
            Icon(name="globe", color="dim"),
            Field(key="address", bare=True, size=16, submit=visit, weight=1, id=f"{PACKAGE}:id/url"),
        ),
        gap=12, height=48, pad=(16, 0, 16, 0), fill="surface", radius=24, align="center",
    )  # fmt: skip
    title = Text(text=address.partition("/")[0], size=26, bold=True, pad=(0, 10, 0, 0))
    body = column(title, Text(text=f"{address} cannot be reached: this phone has no network."), pad=(20, 8, 20, 40))
    return page(Group(children=(box,), pad=(12, 8, 12, 8)), ScrollView(child=body, key="page", weight=1))


def _open(address: str, activity: str) -> AppScreen:
    screen = AppScreen(PACKAGE, activity, browse, {"address": address})
    screen.buffer("address", address)
    return screen


def open_screen(system: PhoneSystem, activity: str, uri: str) -> AppScreen | None:
    return _open(uri.removeprefix("https://") or HOME, activity) if activity == APP.package.activity else None


APP = App(Package("Browser", PACKAGE, f"{PACKAGE}.BrowserActivity"), "globe", "#b4531f", open_screen)

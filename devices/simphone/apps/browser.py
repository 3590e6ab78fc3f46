"""A browser with an address field and pages that scroll."""

from functools import partial

from devices.simphone.apps.articles import ADDRESSES, HOME, PAGES, Heading, Link, Paragraph
from devices.simphone.parts import column, icon_button, page
from devices.simphone.screen import App, Package, Screen
from devices.simphone.system import System
from devices.simphone.widgets import Field, Group, Icon, Scroll, Text, Widget

PACKAGE = "com.android.browser"


def browse(system: System, screen: Screen) -> Widget:
    """The page at the address that was visited last."""
    address = screen.extra.get("address", HOME)

    def go() -> None:
        visit(system, screen, screen.text("address").strip())

    screen.entry("address", address.removeprefix("https://"))
    hint = "Type web address"
    field = Field(key="address", hint=hint, bare=True, size=15, weight=1, submit=go, id=f"{PACKAGE}:id/url_bar")
    box = Group(
        axis="across", children=(Icon(name="lock", size=18, color="dim"), field), gap=8, weight=1, height=44,
        fill="surface", radius=22, pad=(14, 0, 14, 0), align="center",
    )  # fmt: skip
    home = icon_button("globe", "Home", partial(visit, system, screen, HOME), f"{PACKAGE}:id/home_button")
    reload = icon_button("refresh", "Reload", lambda: screen.scrolls.clear(), f"{PACKAGE}:id/reload")
    bar = Group(axis="across", children=(home, box, reload), height=60, pad=(4, 4, 4, 4), gap=2, align="center")
    parts = PAGES.get(ADDRESSES.get(address, address)) or (
        Heading("This page is not available"),
        Paragraph(f"{address} could not be found."),
        Link("Go to the start page", HOME),
    )
    body = column(*(_part(system, screen, part) for part in parts), gap=12, pad=(20, 8, 20, 40))
    screen.back = partial(_back, screen)
    return page(bar, Scroll(child=body, key="page", weight=1, cls="android.webkit.WebView"))


def _part(system: System, screen: Screen, part: Heading | Paragraph | Link) -> Widget:
    match part:
        case Heading(text, large):
            return Text(text=text, size=26 if large else 20, bold=True, pad=(0, 10, 0, 0))
        case Paragraph(text):
            return Text(text=text, size=16)
        case Link(text, address):
            words = Text(text=text, size=16, color="primary")
            act = partial(visit, system, screen, address)
            return Group(children=(words,), press=act, pad=(0, 8, 0, 8), cls="android.view.View", align="start")


def visit(system: System, screen: Screen, address: str) -> None:
    """Go to `address`, and remember where one was for Back."""
    if "://" not in address:
        address = f"https://{address}"
    history = screen.extra.get("history", "").split("\n")
    screen.extra["history"] = "\n".join([*history, screen.extra.get("address", HOME)]).strip("\n")
    _show(screen, address)
    system.keyboard_up, system.moved = False, "fade"


def _show(screen: Screen, address: str) -> None:
    screen.extra["address"] = address
    screen.entry("address").put(address.removeprefix("https://"))
    screen.focus = ""
    screen.scrolls.clear()


def _back(screen: Screen) -> bool:
    before = screen.extra.get("history", "").split("\n")
    if before == [""]:
        return False
    _show(screen, before[-1])
    screen.extra["history"] = "\n".join(before[:-1])
    return True


def open_screen(system: System, activity: str, uri: str) -> Screen | None:
    if activity != APP.package.activity:
        return None
    return Screen(PACKAGE, activity, browse, {"address": uri or HOME})


APP = App(Package("Browser", PACKAGE, f"{PACKAGE}.BrowserActivity", False), "globe", "#b4531f", open_screen)

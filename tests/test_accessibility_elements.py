"""What of a tree is seen: cut to what holds it, and not where a toolkit lets things hang out of that."""

import pytest

from devices.desktop.accessibility import roles
from devices.desktop.accessibility.elements import parts_of
from devices.desktop.accessibility.node import BusApp, Node
from devices.desktop.accessibility.placement import ScreenPlacement
from devices.desktop.top_level import TopLevel, Window


@pytest.mark.parametrize(("toolkit", "names"), [("Chromium", ["Parking"]), ("gtk", [])])
def test_a_menu_that_hangs_out_of_its_bar_is_seen_where_a_toolkit_shows_it(toolkit: str, names: list[str]) -> None:
    window = TopLevel(Window("Hotel", 0, 0, 400, 300, focused=True), 7, (0, 0, 400, 300))
    app, shown = BusApp(":1.7", 7, toolkit), 1 << roles.SHOWING
    top = Node(app, "/top", extents=(0, 0, 400, 300), states=shown)
    bar = Node(app, "/bar", top, 1, states=shown, extents=(0, 0, 400, 30), count=1)
    item = Node(app, "/item", bar, 2, 35, shown, (300, 40, 80, 24), name="Parking")
    top.children, bar.children = [bar], [item]
    parts = parts_of(top, ScreenPlacement(window), (window,))
    assert [part.element.text for part in parts] == names

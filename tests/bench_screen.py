"""How much of what accessibility lists is found by pixels alone, how much is invented, and how long it takes.

Twenty windows and more of GTK 3, GTK 4, Qt and Chromium; what is not installed is skipped and named. Of the visible
elements with a name that the device lists, one is `found` where a parsed element overlaps its box by more than half
(intersection over union) and their names are alike, and `read` where its name is read inside its box. A parsed control
or icon is `invented` where it overlaps nothing listed by more than 0.3 and lies in no listed thing without parts:
who knows what an application draws into one. Title bars are drawn by others than the application and are not judged.
"""

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import numpy as np
from rapidfuzz import fuzz
from rich.console import Console
from rich.table import Table

from agent.screen.ocr import Reader
from agent.screen.overlap import edges_of, holding, intersection_over_union
from agent.screen.parser import ScreenParser
from devices import Element, Observation, Press, Stop
from devices.desktop.sandbox import Sandbox
from devices.roles import CONTROLS

TIMES = 9
ALIKE = 80.0
"""Minimum similarity, 0 to 100, of two names that are the same."""

FORM = """<h2>Order</h2><p><label>Name <input></label><p><label>Email<br><input placeholder="you@example.com"></label>
<p><label>Country <select><option>Norway<option>Chile</select></label><p><label>Born <input type=date></label>
<p><label><input type=checkbox checked> Send news</label><p><label><input type=radio name=s> Small</label>
<label><input type=radio name=s checked> Large</label><p><label>Volume <input type=range></label>
<p><textarea rows=4 cols=40 aria-label=Notes>Call first</textarea><p><button>Place order</button> <a href=#>Terms</a>"""
ROWS = "".join(
    f"<tr><td>{n}<td>{n.lower()}@example.com<td><button>Edit</button>" for n in ("Ada", "Ben", "Cleo", "Dan")
)
HEAD = "<h2>People</h2><input type=search placeholder=Search><table border=1 cellpadding=6>"
LIST = f"{HEAD}<tr><th>Name<th>Email<th>{ROWS}"
TABS = """<style>[role=tab]{display:inline-block;padding:8px 16px;border:1px solid #aaa;background:#eee}
[aria-selected=true]{background:#fff;border-bottom-color:#fff;font-weight:bold}</style><div role=tablist>
<span role=tab aria-selected=true>General</span><span role=tab>Security</span><span role=tab>Billing</span></div>
<p>Your general settings. <p><label>Language <select><option>English</select></label><p><button>Save</button>"""
DARK = f"<body style='background:#202124;color:#e8eaed'><style>:root{{color-scheme:dark}}</style>{FORM}"


def browser(page: str) -> tuple[str, ...]:
    """Chromium showing `page` in a window; root's refuses to start with a sandbox of its own, and says so nowhere."""
    switches = ("--force-renderer-accessibility", "--no-first-run", "--disable-gpu", "--window-size=1000,700")
    address = f"--app=data:text/html,{quote('<!doctype html><html lang=en><title>Page</title>' + page)}"
    return "chromium", *switches, *(("--no-sandbox",) if os.geteuid() == 0 else ()), address


FORMS = ("--forms", "--add-entry=Name", "--add-password=Password", "--add-calendar=Day", "--text=Who is it?")
CHOICES = ("--list", "--checklist", "--column=", "--column=Task", "TRUE", "Wash", "FALSE", "Cook")
WINDOWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "mousepad": (("mousepad",), ()),
    "mousepad preferences": (("mousepad", "--preferences"), ()),
    "pcmanfm": (("pcmanfm", "/usr"), ()),
    "zenity question": (("zenity", "--question", "--text=Really?"), ()),
    "galculator": (("galculator",), ()),
    "featherpad": (("featherpad",), ()),
    "featherpad preferences": (("featherpad",), ("ctrl", "shift", "p")),
    "thunar": (("thunar", "/usr"), ()),
    "zenity forms": (("zenity", *FORMS), ()),
    "zenity list": (("zenity", *CHOICES), ()),
    "zenity scale": (("zenity", "--scale", "--text=Volume", "--value=40"), ()),
    "zenity calendar": (("zenity", "--calendar", "--text=Pick a day"), ()),
    "qps": (("qps",), ()),
    "gnome-calculator": (("gnome-calculator",), ()),
    "gnome-text-editor": (("gnome-text-editor",), ()),
    "gtk4-widget-factory": (("gtk4-widget-factory",), ()),
    "gtk4-demo": (("gtk4-demo",), ()),
    "gucharmap": (("gucharmap",), ()),
    "speedcrunch": (("speedcrunch",), ()),
    "l3afpad": (("l3afpad",), ()),
    "chromium form": (browser(FORM), ()),
    "chromium table": (browser(LIST), ()),
    "chromium tabs": (browser(TABS), ()),
    "chromium dark": (browser(DARK), ()),
}
"""By name: the argument vector that opens a window, and the keys to press in it for another one."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Of `listed` visible elements with a name, how many are `found` and `read`; of `parsed` how many `invented`."""

    listed: int
    found: int
    read: int
    parsed: int
    invented: int


def truth_of(seen: Observation, parsed: Sequence[Element]) -> Truth:
    """`parsed` by pixels alone, measured by what the device lists on `seen`."""
    every = [each for each in seen.elements if each.role != "window" and min(each.box.width, each.box.height) > 3]
    listed = [each for each in every if each.text]
    things = [each for each in parsed if each.role != "window"]
    boxes = edges_of([each.box for each in things])
    found = read = 0
    for each in listed:
        over = (intersection_over_union(each.box, boxes) > 0.5).nonzero()[0]
        inside = [other for other in things if other.box.center in each.box]
        found += any(_alike(each, things[i]) for i in over)
        read += any(_alike(each, other) for other in inside)
    return Truth(len(listed), found, read, len(things), len(invented(every, things)))


def invented(every: Sequence[Element], things: Sequence[Element]) -> list[Element]:
    """The controls and icons of `things` that are neither one of `every`, nor in one that lists no parts."""
    edges = edges_of([each.box for each in every])
    top = min((each.box.top for each in every), default=0)
    leaves = {i for i, each in enumerate(every) if len([j for j in _within(each, every) if j != i]) == 0}
    result = []
    for each in things:
        if each.role not in CONTROLS or each.source == "text" or each.box.center.y < top:
            continue
        homes = holding(each.box, edges)
        if (intersection_over_union(each.box, edges) <= 0.3).all() and not (len(homes) and int(homes[0]) in leaves):
            result.append(each)
    return result


def _within(outer: Element, every: Sequence[Element]) -> list[int]:
    inside = (i for i, each in enumerate(every) if each.box.center in outer.box and each.box.area < outer.box.area)
    return list(inside)


def _alike(one: Element, other: Element) -> bool:
    mine, theirs = one.text.lower().strip(), other.text.lower().strip()
    return bool(theirs) and (fuzz.ratio(mine, theirs) >= ALIKE or (len(theirs) >= 3 and theirs in mine))


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of parses with nothing known, and of parses after a screen that changed little."""

    cold: tuple[float, ...]
    warm: tuple[float, ...]


def spent_on(before: Observation, after: Observation, load: Reader) -> Spent:
    """`TIMES` parses of `before` with nothing known, each followed by one of `after`."""
    cold: list[float] = []
    warm: list[float] = []
    for _ in range(TIMES):
        parser = ScreenParser(load.emptied())
        for seen, spent in ((before, cold), (after, warm)):
            started = time.perf_counter()
            _ = parser.parse(seen).elements
            spent.append(1000 * (time.perf_counter() - started))
    return Spent(tuple(cold), tuple(warm))


def looks(name: str, stop: Stop) -> tuple[Observation, Observation] | None:
    """Two looks at a window, a key pressed between them; None where it did not come."""
    command, keys = WINDOWS[name]
    with closing(Sandbox(stop)) as sandbox:
        sandbox.private.control.launch(command)
        if not _until(lambda: sandbox.glance().elements, stop, 30.0):
            return None
        stop.wait(2.0)
        if keys:
            sandbox.perform(Press(keys))
            stop.wait(1.0)
        before = _still(sandbox, stop)
        sandbox.perform(Press(("tab",)))
        stop.wait(0.3)
        return before, _still(sandbox, stop)


def _until(holds: Callable[[], Any], stop: Stop, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        stop.wait(0.2)
    return True


def _still(sandbox: Sandbox, stop: Stop) -> Observation:
    """A whole look: what an application lists may come after its pixels."""
    for _ in range(60):
        seen = sandbox.observe().in_memory()
        if not seen.partial and sum(each.role != "window" for each in seen.elements) > 3:
            break
        stop.wait(0.2)
    return seen


def by_pixels(seen: Observation) -> Observation:
    return replace(seen, elements=tuple(each for each in seen.elements if each.role == "window"))


def main(names: Sequence[str]) -> None:
    stop, console, reader = Stop(), Console(), Reader()
    table = Table("window", "listed", "found", "read", "parsed", "invented")
    for title in ("cold ms", "little changed ms"):
        table.add_column(f"{title} (least)")
    reader.read(Observation(np.full((64, 256, 3), 255, np.uint8)))
    totals = [0] * 5
    for name in names:
        if not shutil.which(WINDOWS[name][0][0]):
            console.print(f"{name}: not installed, skipped", style="dim")
            continue
        if (pair := looks(name, stop)) is None:
            console.print(f"{name}: no window came", style="dim")
            continue
        before, after = pair
        truth = truth_of(before, ScreenParser(reader.emptied()).parse(by_pixels(before)).elements)
        figures = (truth.listed, truth.found, truth.read, truth.parsed, truth.invented)
        totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
        spent = spent_on(by_pixels(before), by_pixels(after), reader)
        spans = (spent.cold, spent.warm)
        table.add_row(name, *map(str, figures), *(f"{statistics.median(s):.0f} ({min(s):.0f})" for s in spans))
    table.add_row("all", *map(str, totals))
    console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:] or tuple(WINDOWS))

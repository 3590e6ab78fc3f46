"""The table of sentences that are understood: an expression with slots for a whole sentence, and what it means."""

from dataclasses import replace

from agent.builtin import instructions as do
from agent.builtin.phrases import fits, is_path, target, without
from agent.builtin.quotes import QUOTED_PART, Quotes
from agent.builtin.slots import APPLICATION, Parsed, Pattern
from agent.builtin.words import ROLE
from agent.grounding.target import Target
from devices.actions import Direction

VERBS = (
    r"(?:type|write|enter|input|(?:double|right|middle|left|triple|ctrl|shift|alt)?[- ]?(?:click|tap)|press|hit|push|"
    r"touch|select|choose|pick|open|check|uncheck|tick|untick|unselect|deselect|enable|disable|scroll|swipe|put|insert|"
    r"clear|empty|erase|save|close|quit|drag|hover|point|long[- ]press|hold|read|tell|report|answer|wait|pause|verify|"
    r"confirm|set|change|paste|copy|cut|undo|redo|find|search|delete|remove|rename|replace|create|add|run|go|show|make|"
    r"use|start|launch|switch|focus|activate|minimi[sz]e|maximi[sz]e|move|fill|turn|print|allow|grant|deny|refuse|don't|"
    r"navigate|return|what(?:'s| is)|if|when)"
)
"""Words that begin a sentence, whether it is understood or not."""

VISIBLE = (
    r"(?:(?:is|are|to be|becomes) (?:visible|shown|displayed|there|present|open|in view|on (?:the )?screen)|"
    r"(?:appears?|opens?|exists?|to appear|to open|comes into view)(?: on (?:the )?screen)?)"
)
GONE = (
    r"(?:(?:is|are) (?:not|no longer) (?:visible|shown|displayed|there|present|open|on (?:the )?screen)|"
    r"(?:is|are) gone|disappears?|closes?|to disappear|to close|does(?: not|n't) (?:appear|exist))"
)
STATES: dict[str, do.ElementState] = {
    "checked": "on", "ticked": "on", "on": "on", "unchecked": "off", "unticked": "off", "off": "off",
    "enabled": "enabled", "disabled": "disabled", "greyed out": "disabled", "selected": "selected",
    "focused": "focused",
}  # fmt: skip

VERIFY = r"(?:check|verify|make sure|confirm)(?: that)?"
SCREEN = r"(?:the )?(?:screen|window|display|page|dialog)"
SHOWS = r"(?:(?P<no>does(?: not|n't)) )?(?:shows?|says?|contains?|reads?)"
IT = r"(?: (?:it|this|that|everything|the (?:text|selection|file|document|last change)))?"
CHANGES = r"(?P<saving>saving|without saving)(?: (?:it|(?:the )?changes))?"
TYPE = r"(?:type|write|enter|input|put)(?: in(?! the )| out)?:?"
CLICK = r"(?:click|tap|touch|press|hit|push)(?: on)?"
TICK, UNTICK = (
    r"(?:check|tick|enable|turn on|switch on)",
    r"(?:uncheck|untick|unselect|deselect|disable|turn off|switch off)",
)
SCROLL = r"(?P<verb>scroll|swipe)(?: (?P<direction>down|up|left|right))?"
OVER = r"(?: (?:in|inside|over|on) {over})?"
OPPOSITE: dict[Direction, Direction] = {"up": "down", "down": "up", "left": "right", "right": "left"}
SHORTCUTS = {"copy": "c", "cut": "x", "paste": "v", "undo": "z", "redo": "y", "save": "s", "print": "p"}
WAYS = {"back": "left", "forward": "right", "home": "home"}
"""Keys that desktops pair with Ctrl, and with Alt."""

SECONDS = {"s": 1.0, "m": 60.0, "ms": 0.001}
PRESSED = ("menu", "menuitem", "link", "tab", "button", "choice", "list")
"""Roles that are opened by one click."""


def _click(label: Target) -> do.Instruction:
    """A click; in a menu, the way through it."""
    menu = label.anchor if label.side == "in" else None
    if menu is not None and menu.role == "menu" and menu.text:
        return do.FollowMenu((menu, replace(label, side=None, anchor=None)))
    return do.ClickOn(label)


def _select(what: Target) -> do.Instruction:
    """A word or a line is marked by clicks; what a menu holds is chosen in it."""
    if what.role in ("word", "line"):
        return do.ClickOn(what, times=2 if what.role == "word" else 3)
    return _click(what) if what.anchor is not None and what.anchor.role == "menu" else do.Choose(what)


def _choose(option: Target, source: Target) -> do.Instruction:
    if source.role != "menu":
        return do.Choose(option, source)
    return _click(replace(option, side="in", anchor=source))


def _write(text: str, field: Target) -> do.Instruction:
    return do.Write(text, field, afresh=True)


def _set(setting: Target, value: str) -> do.Instruction:
    return do.Tick(setting, value.lower() == "on") if value.lower() in ("on", "off") else do.SetValue(setting, value)


def _expect(what: Target, place: Target | None = None, no: str = "") -> do.Instruction | None:
    """In a place where one is named: "the Name field contains 'Ada'"."""
    if place is not None and what.anchor is not None:
        return None
    return do.Expect(replace(what, side="in", anchor=place) if place else what, present=not no)


def _close(window: str = "", saving: str = "") -> do.Instruction:
    return do.WindowTo("close", window, saving == "saving" if saving else None)


def _if_asked(what: Target) -> do.Instruction | None:
    return do.IfAsked((what.text,)) if what.text else None


def _save_as(file: str, folder: str = "") -> do.Instruction:
    return do.SaveAs(f"{folder}/{file}" if folder else file)


def _scroll(
    verb: str, direction: Direction | None = None, count: int = 5, unit: str = "", **to: Target
) -> do.Instruction:
    """A finger that moves up shows what lies below."""
    way = OPPOSITE[direction] if direction and verb == "swipe" else direction or "down"
    return do.ScrollTo(way, min(100, count * (10 if unit.startswith("page") else 1)), **to)


def _scroll_to_end(end: str) -> do.Instruction:
    return do.ScrollTo("down" if end in ("bottom", "end") else "up", 100)


def _wait(number: float, unit: str) -> do.Instruction:
    return do.Pause(number * SECONDS["ms" if unit.startswith(("ms", "milli")) else unit[0]])


def _open(app: tuple[str, Quotes]) -> Parsed:
    """An application, unless it is plainly a file, a place in the window, or something else that can be pressed."""
    phrase, quotes = app
    what = target(phrase, quotes)
    if what is None:
        return None
    if is_path(what.text) and what.role in ("", "item"):
        path = "/" in what.text.rstrip("/") or "\\" in what.text
        return (do.OpenFile(what.text) if path else do.OpenItem(what),)
    called = fits(rf".*\b(?:{ROLE})|(?:the |a )?(?:{ROLE}) {QUOTED_PART}", phrase)
    if what.anchor or what.ordinal or (called and what.role not in ("", "window", "dialog")):
        return (do.ClickOn(what) if what.role in PRESSED else do.OpenItem(what),)
    name = quotes.bare(without(rf" {APPLICATION}$", without(r"^(?:the|a|an) ", phrase)))
    more = not quotes.any(phrase) and fits(r".+ (?:in|with|using|from) .+", name)
    return (do.OpenApplication(name),) if name and len(name.split()) <= 5 and not more else None


DESKTOP: tuple[Pattern, ...] = (
    # wait, verify, read
    (r"(?:wait|pause)(?: for)? {number} ?(?P<unit>s|secs?|seconds?|ms|milliseconds?|mins?|minutes?)", _wait),
    (rf"wait (?:until|for) {{what}} {GONE}", lambda what: do.Await(what, appears=False)),
    (rf"wait until {SCREEN} (?:shows|says) {{target}}", do.Await),
    (rf"wait (?:until|for) {{target}}(?: {VISIBLE})?(?:,? (?:for )?at most {{seconds}} ?s(?:ec\w*)?)?", do.Await),
    (rf"{VERIFY} {{what}} is (?P<no>not )?(?P<state>{'|'.join(STATES)})",
     lambda what, state, no="": do.Expect(what, not no, STATES[state])),
    (rf"{VERIFY} {{what}} {GONE}", lambda what: do.Expect(what, present=False)),
    (rf"{VERIFY} (?:there (?:is|are) )?{{what}} {VISIBLE}", _expect),
    (rf"{VERIFY} there (?:is|are) {{what}}", _expect),
    (rf"{VERIFY} {SCREEN} {SHOWS} {{what}}", _expect),
    (rf"{VERIFY} {{place}} {SHOWS} {{what}}", _expect),
    (r"(?:(?:read|tell me|report|answer with)|what(?:'s| is)) {asked}", lambda asked: do.Tell(asked)),
    # applications, windows, files
    (r"(?:if|when) asked,? (?:click|tap|press|choose) {what}", _if_asked),
    (r"close (?:the )?(?:.+ )?menu", lambda: do.PressKeys(("esc",))),
    (rf"(?:close|quit)(?: (?!without saving){{window}})?,? {CHANGES}", _close),
    (r"(?:close|quit)(?: {window})?", _close),
    (r"minimi[sz]e(?: {window})?", lambda window="": do.WindowTo("minimise", window)),
    (r"maximi[sz]e(?: {window})?", lambda window="": do.WindowTo("maximise", window)),
    (r"(?:(?:open|start|launch)(?: up)?|go to) {path}", lambda path: path),
    (r"(?:open|go to) (?P<address>\w+://\S+|www\.\S+)", lambda address: do.OpenFile(address)),
    (r"(?:open|start|launch)(?: up)? {app}", _open),
    (r"(?:(?:switch|go) to|focus(?: on)?|activate) {window}", lambda window: do.WindowTo("focus", window)),
    (r"(?:(?:switch|go) to|focus(?: on)?|activate) {what}", lambda what: do.ClickOn(what) if what.role else None),
    (rf"save{IT} in {{folder}} as {{file}}", _save_as),
    (rf"save{IT} (?:as|to) {{file}}(?: in {{folder}})?", _save_as),
    # the keyboard
    (r"select (?:all|everything|all (?:the )?(?:text|items|files)|the whole (?:text|document))",
     lambda: do.PressKeys(("ctrl", "a"))),
    (rf"(?P<name>copy|cut|paste|undo|redo|save|print){IT}",
     lambda name: do.PressKeys(("ctrl", SHORTCUTS[name]))),
    (r"go (?P<way>back|forward|home)", lambda way: do.PressKeys(("alt", WAYS[way]))),
    (r"(?:press|hit|push)(?: the)?(?: keys?| key combination)? {keys}(?: on the keyboard)?", lambda keys: keys),
    (r"(?:clear|empty|erase) (?:the )?(?:text|contents?|everything|document)", do.Empty),
    (r"(?:clear|empty|erase) {field}", do.Empty),
    (r"fill(?: in| out)? {field} with {text}", _write),
    (rf"{TYPE} {{exact}} (?:into|in|to|on) {{field}}", lambda exact, field: _write(exact, field)),
    (rf"{TYPE} {{text}} into {{field}}", _write),
    (rf"{TYPE} {{text}} in {{named_field}}", lambda text, named_field: _write(text, named_field)),
    (rf"{TYPE} {{text}}", do.Write),
    (r"(?:set|change) {setting} to {value}", _set),
    # the pointer
    (r"(?P<times>double|triple)[ -]?(?:click|tap)(?: on)? {target}", do.ClickOn),
    (r"click(?: on)? {target} (?:with|using) the (?P<button>right|middle|left) (?:mouse )?button", do.ClickOn),
    (r"(?P<button>right|middle|left)[ -]?click(?: on)? {target}", do.ClickOn),
    (r"(?P<holding>ctrl|control|shift|alt|super)[ +-]?click(?: on)? {target}", do.ClickOn),
    (r"(?:long[ -]?(?:press|tap|click)|(?:press|tap|click) and hold)(?: on)? {target}", do.HoldOn),
    (r"(?:hover|move the (?:mouse|pointer|cursor)|point)(?: over| onto| on| at| to)? {target}", do.HoverOver),
    (r"move {slider} to {value}", lambda slider, value: do.SetValue(slider, value)),
    (r"(?:drag and drop|drag|move) {what} (?:onto|on to|into|to|on) {onto}", do.DragOnto),
    (r"(?:scroll|swipe)(?: down| up)? to the (?P<end>bottom|end|top|start)(?: of .+)?", _scroll_to_end),
    (rf"{SCROLL}{OVER} (?:until|to)(?: you see)? {{until}}(?: {VISIBLE})?", _scroll),
    (rf"{SCROLL}(?: (?:by )?{{count}}(?: (?P<unit>times|notch(?:es)?|lines?|steps?|pages?))?)?{OVER}", _scroll),
    (rf"{UNTICK} {{box}}", lambda box: do.Tick(box, on=False)),
    (rf"{TICK} {{box}}", lambda box: do.Tick(box)),
    (r"(?:turn|switch) {box} (?P<on>on|off)", lambda box, on: do.Tick(box, on)),
    (r"(?:choose|select|pick) {path}", lambda path: path),
    (r"(?:select|choose|pick) {option} (?:from|in|under|out of) {source}", _choose),
    (r"(?:select|choose|pick) {option} from {place}", lambda option, place: do.Choose(option, place)),
    (r"(?:select|choose|pick)(?: the option)? {what}", _select),
    (rf"{CLICK} {{signs}}", lambda signs: signs),
    (rf"{CLICK} {{label}}", _click),
    (rf"(?!{VERBS} [^-→›>]){{path}}", lambda path: path),
)  # fmt: skip
"""The first pattern that fits a whole sentence, and all of whose slots can be parsed, wins."""

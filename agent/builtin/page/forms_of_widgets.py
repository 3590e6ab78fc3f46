"""Sentences of web pages about widgets and shapes: what to click, choose, drag and set."""

import re

from agent.builtin.grammar import VERBS, Form, Meaning
from agent.builtin.instructions import ClickOn, Target
from agent.builtin.page.colours import COLOUR
from agent.builtin.page.deeds_of_widgets import (
    ClickShape,
    Explore,
    GridPoint,
    Looks,
    NameFigure,
    PickEach,
    PickFrom,
    Tally,
    ThroughMenu,
    Unfold,
)
from agent.builtin.phrases import Quotes, target
from agent.builtin.words import KINDS

SIZES = {"large": "large", "big": "large", "larger": "large", "small": "small", "little": "small", "tiny": "small"}
SHAPES = {
    "circle": "circle", "rectangle": "rectangle", "square": "rectangle", "box": "rectangle", "triangle": "triangle",
    "letter": "letter", "digit": "digit", "number": "digit", "item": "", "shape": "", "figure": "", "object": "",
    "thing": "",
}  # fmt: skip
WIDGETS_OF_A_KIND = {
    "text": "field", "text input": "field", "textbox": "field", "textarea": "area", "button": "button",
    "checkbox": "checkbox", "radio": "radio", "radio button": "radio", "select": "list", "dropdown": "list",
}  # fmt: skip
CALLED = r"(?:labell?ed|named|called|titled|with the (?:label|text|name)|that says)"
THING = r"(?:link|item|button|entry|option|folder or file|file or folder|file|folder|page|section)"


def looks_of(phrase: str) -> Looks | None:
    """ "large yellow circles" as looks; None when a word of it says nothing of how things look."""
    size = colour = shape = ""
    said = False
    for word in re.sub(r"^(?:an?|the|all|any|every|each)\b ?", "", phrase.lower().strip()).split():
        single = word if word in SHAPES else re.sub(r"e?s$", "", word) if re.sub(r"e?s$", "", word) in SHAPES else ""
        single = single or (word[:-1] if word[:-1] in SHAPES else word[:-2] + "x" if word.endswith("xes") else "")
        if word in SIZES:
            size = SIZES[word]
        elif re.fullmatch(COLOUR, word):
            colour = word
        elif len(word) == 1 and word.isalnum():
            shape, said = phrase.split()[-1], True
        elif single in SHAPES:
            shape, said = SHAPES[single], True
        elif word not in ("colored", "coloured"):
            return None
    return Looks(size, colour, shape) if said and (size or colour or shape) else None


def _shape(found: re.Match[str], quotes: Quotes) -> Meaning:
    looks = looks_of(found[1]) if not quotes.any(found[1]) else None
    any_one = re.match(r"(?:an?|any) ", found[1], re.IGNORECASE)
    return (ClickShape(looks),) if looks and (any_one or looks.size or looks.colour) else None


def _names(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase, listed = found[1].strip(), bool(found["list"])
    if phrase.lower() in ("nothing", "none", "none of them"):
        return (PickEach((), listed),)
    names = tuple(quotes.bare(name) for name in re.split(r"\s*,(?: and)?\s+|\s+and\s+", phrase))
    if not all(names) or any(
        len(name.split()) > 4 or re.match(rf"(?:{VERBS}|then) |.* with the ", name) for name in names
    ):
        return None
    return (PickEach(names, listed),) if listed or len(names) > 1 else None


def _of_kind(found: re.Match[str], quotes: Quotes) -> Meaning:
    name = quotes.bare(found[1]).lower()
    kind = WIDGETS_OF_A_KIND.get(name) or KINDS.get(name)
    return (ClickOn(Target("", kind)),) if kind else None


def _labelled(found: re.Match[str], quotes: Quotes) -> Meaning:
    return (ClickOn(Target(quotes.bare(found[2]), KINDS.get(found[1].lower(), ""))),)


def _focus(found: re.Match[str], quotes: Quotes) -> Meaning:
    what = target(found[1], quotes)
    return (ClickOn(what),) if what and what.kind == "field" else None


def _explore(found: re.Match[str], quotes: Quotes) -> Meaning:
    name = re.sub(rf"^(?:the )?{THING}(?: {CALLED})? ", "", found[1], flags=re.IGNORECASE)
    kind = "link" if re.match(r"(?:the )?link\b", found[1], re.IGNORECASE) else ""
    return (Explore(quotes.bare(name), kind),)


WIDGETS: tuple[Form, ...] = (
    (
        r"(?:select|choose|pick) ([^\s>][^>]*(?:>[^\s>][^>]*)+)",
        lambda m, q: (ThroughMenu(tuple(q.bare(name).strip() for name in m[1].split(">"))),),
    ),
    (
        r"(?:switch|look|go|flip|browse|search) (?:between|through|in) (?:the |all (?:the )?)?tabs,? "
        r"(?:to|and) find and (?:click|press|open)(?: on)? (.+)",
        _explore,
    ),
    (
        r"(?:expand|open|unfold) (?:the |all (?:the )?)?(?:sections?|panels?)(?: below)?,? "
        r"(?:to|and) (?:find and )?(?:click|press|open)(?: on)? ((?:the )?(?:link|item).+)",
        _explore,
    ),
    (
        r"(?:navigate|look|browse|go|search) through the (?:file |folder )?tree[.,;]?(?: and| to)? find and "
        r"(?:click|press|open)(?: on)? (.+)",
        _explore,
    ),
    (
        r"(?:expand|open|unfold)(?: the)? (?:pie|round|radial) menu(?: below)?,? (?:and|then|to)(?: then)? "
        r"(?:click|press|select)(?: on)? (.+)",
        _explore,
    ),
    (
        rf"(?:click|press|open)(?: on)? (?:the )?(.+?)(?: button| menu)?,? and then find and click(?: on)? "
        rf"(?:the )?(?:{THING})? ?{CALLED} (.+)",
        lambda m, q: (ClickOn(Target(q.bare(m[1]), "button")), Explore(q.bare(m[2]))),
    ),
    (
        r"(?:expand|unfold) (?:the )?(?:section|panel)(?: below)?(?: (?:called|named|titled) (.+))?",
        lambda m, q: (Unfold(q.bare(m[1] or "")),),
    ),
    (
        r"close the (?:dialog|popup|pop-up|window)(?: box| window)? by (?:clicking|pressing)(?: on)? (.+)",
        lambda m, q: (ClickOn(t),) if (t := target(m[1], q)) else None,
    ),
    (
        rf"(?:click|press)(?: on)? (?:the |an? )?({THING}) in (?:the |this )?(?:dialog|popup|window)(?: box)? "
        rf"{CALLED} (.+)",
        _labelled,
    ),
    (rf"(?:click|press)(?: on)? (?:the |an? )?({THING}) {CALLED} (.+)", _labelled),
    (r"(?:click|press)(?: on)? (?:an?|any) (.+?) (?:widget|control|element)", _of_kind),
    (r"(?:click|open|go to|switch to)(?: on| to)?(?: the)? (tab #?\d+)", lambda m, q: (ClickOn(Target(q.bare(m[1]))),)),
    (r"(?:focus|put the (?:focus|cursor)) (?:into|in|on|to)?(?: the)? ?(.+)", _focus),
    (
        r"(?:select|choose|pick|mark) all (?:the |of the )?shades of (.+)",
        lambda m, q: (ClickShape(Looks(colour=q.bare(m[1]).lower()), every=True),),
    ),
    (r"(?:select|choose|pick|check|tick) (.+?) from the (?P<list>scroll(?:ing)? list|list ?box|multi-?select)", _names),
    (
        r"(?:select|choose|pick) (.+?) from the (?:drop-?down|list|combo ?box)(?: list| menu)?",
        lambda m, q: (PickFrom(q.bare(m[1])),),
    ),
    (
        r"(?:select|choose|pick|check|tick)(?P<list>) ?([^,]+(?:,(?: and)? [^,]+)+|nothing)",
        lambda m, q: _names(re.fullmatch(r"(.+)(?P<list>)", m[2], re.DOTALL) or m, q),
    ),
    (
        r"how many (.+?)s? are there(?: on the (?:screen|page))?\??",
        lambda m, q: (Tally(looks),) if (looks := looks_of(m[1])) else None,
    ),
    (r"(?:click|press|tap|select)(?: on)? ((?:an?|the|any) .+)", _shape),
    (
        r"(?:click|press)(?: on)? the button that (?:correctly )?(?:denotes|says|tells|shows) how many sides "
        r"the (?:shape|figure) has",
        lambda m, q: (NameFigure(sides=True),),
    ),
    (
        r"(?:click|press)(?: on)? the button that best describes the (?:figure|shape|picture)(?: below)?",
        lambda m, q: (NameFigure(),),
    ),
    (
        r"(?:click|press)(?: on)?(?: the)? grid (?:coordinates?|point) \((-?\d+), ?(-?\d+)\)",
        lambda m, q: (GridPoint(int(m[1]), int(m[2])),),
    ),
)

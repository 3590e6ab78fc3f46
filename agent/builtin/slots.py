"""The slots of sentence patterns: `{what}` in a pattern is a phrase of the sentence, parsed as the slot's name says."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from agent.builtin import instructions as do
from agent.builtin.phrases import fits, is_path, target, without
from agent.builtin.quotes import QUOTED_PART, Quotes
from agent.builtin.words import MODIFIERS, ROLE, chord, number, ordinal
from agent.grounding.target import Target

Parsed = tuple[do.Instruction, ...] | None
"""What a sentence asks for; None when it is not understood."""

Pattern = tuple[str, Callable[..., do.Instruction | Parsed]]
"""An expression for a whole sentence, and what it means, called with the slots and the words that the sentence has.

None lets the next pattern try.
"""

MOST_REPEATS = 50
"""How often a sentence may ask for the same thing."""

APPLICATION = r"(?:app|application|program|window|dialog|dialogue)"
FOLDERS = r"desktop|documents|downloads|pictures|music|videos"
LEAD = r"^(?:the |this )?(?:text|words?|line|number|value|name):? (?=\S)"
VALUE = r"^(?:the )?(?:value|content|contents|text) (?:of|in) (?:the )?|^the | (?:field|box|label)$"
WHOLE = (
    r"(?:everything|(?:all )?(?:the )?(?:text|contents?|window|screen|document))(?: (?:on|in) the (?:window|screen))?"
)


def match_first(patterns: tuple[Pattern, ...], sentence: str, quotes: Quotes) -> Parsed:
    """What the first of `patterns` makes of `sentence` that matches it and all of whose slots can be parsed."""
    for pattern, meaning in patterns:
        if (found := _compiled(pattern).fullmatch(sentence)) is None:
            continue
        words = {name: text for name, text in found.groupdict().items() if text is not None}
        slots = {name: SLOTS[name](text, quotes) if name in SLOTS else text.lower() for name, text in words.items()}
        if None not in slots.values() and (parsed := meaning(**slots)) is not None:
            return parsed if isinstance(parsed, tuple) else (parsed,)
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{([a-z_]+)\}", r"(?P<\1>.+?)", pattern), re.IGNORECASE | re.DOTALL)


def menu_path(phrase: str, quotes: Quotes) -> do.FollowMenu | None:
    """ "File > Save As" as a path through menus, quoted as a whole or in parts; None if it has no such signs."""
    text = quotes.plain(phrase) if quotes.only(phrase) else quotes.bare(phrase)
    parts = re.split(r"\s+(?:->|→|›|>)\s+|(?<=\w)\s*(?:->|→|›|>)\s*(?=\w)", text)
    names = [without(r"^the | (?:menu|submenu|item)$", part) for part in parts]
    if len(names) < 2 or not all(names) or any(len(name.split()) > 5 for name in names):
        return None
    return do.FollowMenu((Target(names[0], "menu"), *(Target(name, "menuitem") for name in names[1:])))


def times(phrase: str, _: Quotes | None = None) -> int | None:
    """How often "twice" or "3 times" is; None if the words say no such number."""
    count = number(phrase.lower().removesuffix(" times"))
    return int(count) if count and 1 <= count <= MOST_REPEATS and count == int(count) else None


def keys_of(phrase: str, quotes: Quotes) -> tuple[do.PressKeys, ...] | None:
    """Chords, one or several: "ctrl+z twice", "tab, then enter", "8 * 8 enter"; None if the words name no keys."""
    if quotes.any(phrase):
        phrase = quotes.bare(phrase)
    for between in (None, r",? (?:and )?then |, (?:and )?| and ", r"\s+"):
        pressed = [_chord(part) for part in (re.split(between, phrase) if between else [phrase])]
        if all(pressed):
            return tuple(each for each in pressed if each)
    return None


def _chord(phrase: str) -> do.PressKeys | None:
    found = fits(r"(.+?)(?: (once|twice|thrice|\w+ times))?", phrase.strip())
    keys, count = (chord(found[1]), times(found[2] or "once")) if found else (None, None)
    return do.PressKeys(keys, count) if keys and count else None


def _field(phrase: str, quotes: Quotes) -> Target | None:
    what = _setting(phrase, quotes)
    return replace(what, role=what.role or "field") if what else None


def _setting(phrase: str, quotes: Quotes) -> Target | None:
    return target(without(r"^(?:the )?(?:contents?|text|value) (?:of|in|from) ", phrase), quotes)


def _named_field(phrase: str, quotes: Quotes) -> Target | None:
    """A field that is called one: "hello in the morning" has none."""
    return _field(phrase, quotes) if fits(rf"(?:.*[ -])?(?:{ROLE})", phrase) or quotes.any(phrase) else None


def _box(phrase: str, quotes: Quotes) -> Target | None:
    """What can be ticked; "check that ..." and "check for ..." are other sentences."""
    what = target(phrase, quotes) if not fits(r"(?:that|if|whether|for)\b.*", phrase) else None
    return replace(what, role="checkbox") if what is not None and what.role == "field" else what


def _label(phrase: str, quotes: Quotes) -> Target | None:
    """What is clicked; a quoted label may be followed by what the click is for."""
    return target(without(rf"^(?:in|into) |(?<={QUOTED_PART}) to (?!the\b)[a-z]+\b.*$", phrase), quotes)


def _of_role(phrase: str, quotes: Quotes, *roles: str) -> Target | None:
    what = target(phrase, quotes)
    return what if what is not None and what.role in roles else None


def _exact(phrase: str, quotes: Quotes) -> str | None:
    text = without(LEAD, phrase).strip(" :")
    return quotes.plain(text) if quotes.only(text) else None


def _text(phrase: str, quotes: Quotes) -> str | None:
    """The text to type: exact if quoted; none for a description of it, "the name above" or "me a poem"."""
    if quotes.any(phrase):
        return _exact(phrase, quotes)
    return None if fits(r"(?:the|this|that|these|me|us|into) .*", phrase.strip()) else phrase.strip() or None


def _window(phrase: str, quotes: Quotes) -> str | None:
    """The name of a window or an application without articles, "" for the front window; None for other things."""
    if quotes.only(phrase):
        return quotes.plain(phrase)
    if fits(rf"(?:it|this|(?:the |this )?(?:current |active |front )?{APPLICATION})", phrase):
        return ""
    if is_path(phrase):
        return None
    name = without(rf" {APPLICATION}$", without(r"^(?:the|a|an|this) ", phrase))
    what = target(phrase, quotes)
    if what is not None and what.role in ("window", "dialog") and what.text:
        return what.text
    what = target(name, quotes)
    return what.text if what is not None and not (what.role or what.anchor or what.ordinal) else None


def _file(phrase: str, quotes: Quotes) -> str | None:
    phrase = without(r"^(?:a |the )?(?:new )?(?:text )?file (?:called |named )?", phrase)
    name = quotes.plain(phrase)
    return name if name and (" " not in name or quotes.only(phrase)) else None


def _folder(phrase: str, quotes: Quotes) -> str | None:
    """ "the Documents folder" as a path: "~/Documents"; None if the words name no folder."""
    name = quotes.plain(without(r"^(?:the |my )?(?:folder |directory )?|[ -](?:folder|directory)$", phrase))
    if fits("home|~", name):
        return "~"
    if name.startswith(("/", "~")):
        return name.rstrip("/")
    if fits(FOLDERS, name):
        return f"~/{name.capitalize()}"
    return f"~/{name}" if re.search(r"\b(?:folder|directory)\b", phrase, re.IGNORECASE) else None


def _question(phrase: str, quotes: Quotes) -> str | None:
    """What text of the screen is asked for: "" for all of it, "result", "title", "last line", else a label."""
    phrase = without(r"^(?:me )?(?:what is |what's )?| (?:is|says|shows)$", phrase.strip(" ?.!:"))
    if fits(WHOLE, phrase):
        return ""
    if fits(r"(?:what )?(?:the )?(?:result|answer|output|display)", phrase):
        return "result"
    if fits(r"(?:the )?title(?: of (?:the )?(?:front )?window)?", phrase):
        return "title"
    if line := fits(r"(?:what )?(?:the )?(\w+ line|line \d+)(?: of .+)?", phrase):
        return line[1] if ordinal(line[1].split()[0]) or line[1].startswith("line") else None
    what = without(VALUE, phrase)
    if quotes.any(phrase):
        return quotes.plain(what) if quotes.only(what) else None
    named = target(what, quotes) if not fits(r"(?:how|why|who|when|where|if|whether|that)\b.*", what) else None
    return what if named is not None and len(what.split()) <= 5 else None


SLOTS: dict[str, Callable[[str, Quotes], object]] = {
    **dict.fromkeys(("what", "target", "onto", "until", "over", "option", "place"), target),
    **dict.fromkeys(("number", "seconds"), lambda words, _: number(words)),
    **dict.fromkeys(("text", "value"), _text),
    "setting": _setting, "field": _field, "named_field": _named_field, "box": _box, "label": _label,
    "slider": lambda words, quotes: _of_role(words, quotes, "slider"),
    "source": lambda words, quotes: _of_role(words, quotes, "menu", "list", "choice", "table"),
    "path": menu_path, "signs": lambda words, quotes: None if quotes.only(words) else menu_path(words, quotes),
    "exact": _exact, "asked": _question, "window": _window, "file": _file, "folder": _folder,
    "address": lambda words, _: words, "app": lambda words, quotes: (words, quotes),
    "keys": keys_of, "count": times, "on": lambda words, _: words.lower() == "on",
    "holding": lambda words, _: (MODIFIERS[words.lower()],),
    "times": lambda words, _: {"double": 2, "triple": 3}[words.lower()],
}  # fmt: skip
"""How the words of each slot are parsed; None when they are nothing of the kind."""

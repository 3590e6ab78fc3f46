"""Sentences that type, press keys, or do what every editor can."""

import re

from agent.builtin import words
from agent.builtin.grammar import Form, Meaning, Meant, menu_path, repeated_chord
from agent.builtin.instructions import (
    Empty,
    IfAsked,
    OpenApplication,
    OpenItem,
    PressKeys,
    SearchFor,
    Target,
    WindowTo,
    Write,
)
from agent.builtin.phrases import Quotes, fits, place, target, without

INTRODUCTION = (
    r"^(?:the |this |a )?(?:(?:exact |following |literal )*(?:text|words?|phrase|string|line|message|sentence|value|"
    r"number|name|expression|formula|path|password|username)|following)(?: of)?:? (?=\S)"
)
FIELD_END = rf"(?:.*[ -])?(?:{words.KIND_PATTERN})"
JUST_THERE = r"(?:it|there|here|that|the (?:screen|document|text area|editor area|page|file|empty document|window))"
NEW_DOCUMENT = r"(?:a|the) (?:new|empty|blank)(?: empty| blank)?(?: text)? (?:document|file|note|window|page)"


def _field(phrase: str, quotes: Quotes) -> Target | None:
    if len(phrase.split()) > 8 or re.search(r"\band\b", phrase):
        return None
    what = target(without(r" (?:please|now)$", phrase.strip()), quotes)
    return Target(what.text, what.kind or "field", what.ordinal, what.side, what.anchor) if what else None


def _into(text: str, where: str, quotes: Quotes) -> Meaning:
    """Type `text` at `where`: an application, a window, or a field."""
    if fits(JUST_THERE, where) or fits(JUST_THERE, f"the {where}"):
        return (Write(text),)
    spot = place(where, quotes)
    if (spot and spot.text.lower() in words.APPS) or fits(r".+ (?:window|app|application|program)", where):
        what = target(where, quotes)
        return (WindowTo("focus", what.text if what else ""), Write(text)) if what and what.text else (Write(text),)
    field = _field(where, quotes)
    return (Write(text, field, afresh=True),) if field else None


def _text(phrase: str, quotes: Quotes) -> str:
    """The text to type: quoted, it is exact; else without an introduction such as "the word"."""
    return quotes.plain(without(INTRODUCTION, phrase).strip(" :")) if quotes.any(phrase) else phrase.strip()


def _at_an_end(found: re.Match[str], quotes: Quotes) -> Meaning:
    """ "add 'x' at the end", "append 'x' to the file"."""
    phrase = found[1]
    end = fits(
        r"(.+?) (?:at|to|on|as) (?:the )?(?:very )?(end|bottom|beginning|start|top|last line|first line|new line)"
        r"(?: of (?:the |it\b)?(?:file|document|text|page|line|note)?)?",
        phrase,
    )
    adds = fits(r"(?:append|add) .*", found[0])
    if end and (quotes.any(end[1]) or not quotes.any(phrase)):
        first = fits("beginning|start|top|first line", end[2])
        return (PressKeys(("ctrl", "home" if first else "end")), Write(_text(end[1], quotes)))
    if adds and quotes.any(phrase):
        kept = without(r" to (?:the |it$)?(?:file|document|text|note)?$", phrase)
        if quotes.only(without(INTRODUCTION, kept).strip(" :")):
            return (PressKeys(("ctrl", "end")), Write(_text(kept, quotes)))
    return None


def _write(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = found[1]
    if not quotes.any(phrase) and repeated_chord(phrase) and fits("(?:enter|hit) .*", found[0]):
        return None
    if new := fits(rf"(.+) in(?:to)? {NEW_DOCUMENT}(?: (?:in|of|with|using) (?:the )?(.+))?", phrase):
        return (OpenApplication(new[2] or "text editor"), Write(_text(new[1], quotes)))
    at = fits(r"(.+) (?:into|in to|in|on|at|inside|as|for|to|using) (?:the |a |an |my |its )?(.+?)", phrase)
    while at:
        said, where = at[1], at[2]
        word = phrase[len(said) + 1 :].split(" ", 1)[0].lower()
        plainly = quotes.only(without(INTRODUCTION, said).strip(" :")) or word == "into"
        plainly = plainly or (not quotes.any(said) and quotes.only(where) and word in ("in", "into"))
        a_field = fits(FIELD_END, where) and re.search(r"\bthe |\b(?:field|box|input|textbox)$", phrase[len(said) :])
        app = word in ("in", "into", "using") and without("^the ", where).lower() in words.APPS
        if fits(r"(?:new|next|separate|second) line", where):
            return (PressKeys(("enter",)), Write(_text(said, quotes)))
        if plainly or app or (a_field and word in ("in", "into", "to")):
            return _into(_text(said, quotes), where, quotes)
        at = fits(r"(.+) (?:into|in|on|at|inside|as|for|to|using) (?:the |a |an |my |its )?(.+?)", said)
    if quotes.any(phrase) and not quotes.only(without(INTRODUCTION, phrase).strip(" :")):
        return None  # "three lines: 'a'": what is to be typed is not plain
    text = _text(phrase, quotes)
    return (Write(text),) if text else None


def _fill(found: re.Match[str], quotes: Quotes) -> Meaning:
    field = _field(found[1], quotes)
    return (Write(_text(found[2], quotes), field, afresh=True),) if field else None


def _press(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = without(r" (?:on|in) (?:the|your) keyboard$", found[1])
    if quotes.any(phrase):
        phrase = quotes.bare(phrase)
        if len(phrase) > 1 and not repeated_chord(phrase):
            return None
    if fits(r".*\bbutton\b.*", phrase):
        return None
    if at := fits(r"(.+?) (?:in|on) (?:the )?(.+?)(?: (?:window|app))?", phrase):
        pressed = repeated_chord(at[1])
        if pressed and at[2].lower() in words.APPS:
            return (WindowTo("focus", at[2]), pressed)
    pressed = repeated_chord(phrase) or repeated_chord(without(r",? (?:in order )?to [a-z].*$", phrase))
    if pressed:
        return (pressed,)
    # "8 * 8 enter": several keys, one after another.
    chords = [repeated_chord(part) for part in re.split(r",? then | followed by |, | ", phrase)]
    return tuple(chord for chord in chords if chord) if all(chords) else None


def _keys(*keys: str) -> Meant:
    return lambda found, quotes: (PressKeys(keys),)


def _chord_with(found: re.Match[str], quotes: Quotes) -> Meaning:
    pressed = repeated_chord(found[1]) if not quotes.only(found[1]) and len(found[1]) > 1 else None
    return (pressed,) if pressed else None


EVERYTHING = (
    r"(?:(?:the|all|all the|all of the|everything|its|whole|entire|existing|current|any) ?)*"
    r"(?:text|contents?|it|document|everything|all|editor|file)?"
    r"(?: (?:in|of) (?:the )?(?:document|editor|file|window))?"
)


def _empty(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = found[1] or ""
    if not phrase and fits("delete|remove|erase", found[0]):
        return (PressKeys(("delete",)), IfAsked(("Yes", "Delete", "OK")))
    if fits(EVERYTHING, phrase):
        return (Empty(),)
    what = target(without(r"^(?:the |all )*(?:contents?|text|value) (?:of|in|from) ", phrase), quotes)
    if what is None or not (what.kind == "field" or (what.kind == "" and fits(r"(?:clear|empty).*", found[0]))):
        return None
    if fits(r".*(?:calculator|display).*", what.text):
        return (PressKeys(("esc",)),)
    return (Empty(Target(what.text, "field", what.ordinal, what.side, what.anchor)),)


def _search(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = found[1] or found[2]
    if at := fits(r"(.+) (?:in|inside|within) (?:the )?(?:file |document )?(\S+\.\w{1,5}|[\ue000-\uf8ff])", phrase):
        return (OpenItem(Target(quotes.plain(at[2]), "file")), SearchFor(quotes.plain(at[1])))
    phrase = without(r" (?:in|within) the (?:text|document|file|page|editor)$", phrase)
    phrase = without(r"^(?:for )?(?:(?:the|a) )?(?:(?:word|text|phrase|string) )?(?=\S)", phrase)
    if quotes.any(phrase) and not quotes.only(phrase):
        return None
    if not quotes.any(phrase) and re.search(r"\b(?:and replace|way|out|that)\b", phrase):
        return None
    return (SearchFor(quotes.plain(phrase)),) if phrase else None


IT = (
    r"(?: (?:it|this|that|them|these|those|(?:all )?(?:the )?files|the (?:text|selection|selected text|"
    r"file|document|word|line|changes?|last (?:change|action)|"
    r"whole (?:text|document))|everything|changes|my (?:work|changes)))?"
)
OF_TEXT = r"(?: of (?:the )?(?:text|document|file|page))?"
GO = r"(?:go|move|jump)(?: (?:the )?(?:cursor|caret))? to (?:the )?(?:very )?"

WRITING: tuple[Form, ...] = (
    (
        r"(?:[a-z]+)(?: .{0,40}?)? (?:with|by (?:pressing|hitting|using|typing)|using|via|through|pressing) "
        r"(?:the )?(.+)",
        _chord_with,
    ),
    (
        r"(?:select|highlight|mark)"
        r"(?: all| everything| all (?:the )?(?:files|items|rows|lines)| (?:all )?(?:of )?the (?:whole |entire "
        r")?(?:text|document|contents?))"
        r"(?: (?:of )?(?:the )?(?:text|of it|document|in it|in the (?:document|window|editor|field)))?",
        _keys("ctrl", "a"),
    ),
    (rf"copy{IT}(?: to (?:the )?clipboard)?", _keys("ctrl", "c")),
    (rf"paste{IT}(?: from (?:the )?clipboard)?(?: here| there| in| again)?", _keys("ctrl", "v")),
    (rf"cut{IT}(?: out)?", _keys("ctrl", "x")),
    (rf"undo{IT}", _keys("ctrl", "z")),
    (rf"redo{IT}", _keys("ctrl", "y")),
    (rf"save{IT}(?: again)?", _keys("ctrl", "s")),
    (rf"print{IT}", _keys("ctrl", "p")),
    (
        r"(?:(?:create|make|open|start|begin|add) )?(?:a |an )?(?:new|blank|empty) (?:blank |empty |text )?"
        r"(?:file|document|doc)",
        _keys("ctrl", "n"),
    ),
    (r"(?:open|create|add) (?:a |the )?new tab", _keys("ctrl", "t")),
    (r"(?:refresh|reload)(?: .+)?", _keys("f5")),
    (r"(?:go )?back", _keys("alt", "left")),
    (r"go up(?: one)?(?: a)?(?: folder| level| directory)?|go to the parent (?:folder|directory)", _keys("alt", "up")),
    (r"(?:go )?forward", _keys("alt", "right")),
    (r"(?:toggle |enter |exit |leave |go )?full ?screen(?: mode)?", _keys("f11")),
    (rf"{GO}end of (?:the )?line", _keys("end")),
    (rf"{GO}(?:beginning|start) of (?:the )?line", _keys("home")),
    (rf"{GO}(?:end|bottom){OF_TEXT}", _keys("ctrl", "end")),
    (rf"{GO}(?:beginning|start|top){OF_TEXT}", _keys("ctrl", "home")),
    (
        r"(?:start|add|insert|begin) (?:a )?new line|new line|go to (?:the |a )?(?:next|new) line|line break",
        _keys("enter"),
    ),
    (r"(?:open |show )?(?:the )?(?:find|search) (?:dialog|bar)", _keys("ctrl", "f")),
    (r"(?:open |show )?(?:the )?open (?:file )?dialog", _keys("ctrl", "o")),
    (r"(?:open |show )?(?:the )?save(?: as)? dialog", _keys("ctrl", "shift", "s")),
    (r"submit(?: (?:it|the form|this))?", _keys("enter")),
    (
        r"(?:press|hit|push|strike|use|enter|tap|send)(?: on)?(?: the)?"
        r"(?: keys?| key combination| keyboard shortcut| shortcut)? (.+)",
        _press,
    ),
    (r"((?:enter|return|escape|esc|tab)(?: (?:twice|\w+ times))?)", lambda m, q: _press(m, q)),
    (r"(?:clear|empty|erase|delete|remove|wipe)(?: out)?(?: (.+))?", _empty),
    (
        r"(?:name|call) (?:it|the file|this)(?: to| as)? (.+)",
        lambda m, q: (PressKeys(("ctrl", "a")), Write(q.plain(m[1]))),
    ),
    (r"(?:fill|populate)(?: in| out)? (.+?) (?:with|as|using|to) (.+)", _fill),
    (r"(?:set|change) (.+?) to (?:the value )?(.+)", lambda m, q: None if menu_path(m[1], q) else _fill(m, q)),
    (r"(?:search|look)(?: for)? (.+)|(?:find|locate) (.+)", _search),
    (r"(?:type|write|enter|input|key|insert|put|append|add)(?: in(?! the )| out| down)?:? (.+)", _at_an_end),
    (r"(?:jot|note) down:? (.+)", _write),
    (r"(?:type|write|enter|input|key|insert|put|append|fill)(?: in(?! the )| out| down)?:? (.+)", _write),
    (r"add (?:the )?(?:text|line|word|words|sentence) (.+)", _write),
)

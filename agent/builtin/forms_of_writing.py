"""Sentences that type, press keys, or do what every editor can."""

import re
from collections.abc import Callable

from agent.builtin import words
from agent.builtin.grammar import Form, Meaning, menu_path, repeated_chord
from agent.builtin.instructions import (
    ClickOn,
    Empty,
    Instruction,
    OpenItem,
    PressKeys,
    SearchFor,
    Target,
    WindowTo,
    Write,
)
from agent.builtin.phrases import Quotes, place, target

TYPE = r"(?:type|write|enter|input|key|insert|put|fill|append|add|paste|set|submit)(?: in| out| down)?"
THE_TEXT = r"^(?:the |this |a )?(?:(?:exact |following |literal )*(?:text|words?|phrase|string|line|message|sentence|value|number|name|expression|formula|path|password|username)|following)(?: of)?:? (?=\S)"
FIELD_END = re.compile(rf"(?:^|[ -])(?:{words.KIND_PATTERN})$", re.IGNORECASE)


def _field(phrase: str, quotes: Quotes) -> Target | None:
    phrase = re.sub(r" (?:please|now)$", "", phrase.strip())
    what = target(phrase, quotes)
    return Target(what.text, what.kind or "field", what.ordinal, what.side, what.anchor) if what else None


def _into(text: str, where: str, quotes: Quotes) -> Meaning:
    """Type `text` at `where`: an application, a window, or a field."""
    if re.fullmatch(
        r"(?:it|there|here|that|the (?:screen|document|text area|editor area|page|file|empty document|new document))",
        where,
        re.I,
    ):
        return (Write(text),)
    spot = place(where, quotes)
    if (spot and spot.text.lower() in words.APPS) or re.search(r" (?:window|app|application|program)$", where):
        what = target(where, quotes)
        return (WindowTo("focus", what.text if what else ""), Write(text)) if what and what.text else (Write(text),)
    field = _field(where, quotes)
    return (Write(text, field, afresh=True),) if field else None


def _text(phrase: str, quotes: Quotes) -> str:
    """The text to type: quoted, it is exact; else without an introduction such as "the word"."""
    if not quotes.any(phrase):
        return phrase.strip()
    return quotes.plain(re.sub(THE_TEXT, "", phrase.strip(), flags=re.IGNORECASE).strip(" :"))


def _write(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = found[1]
    end = re.fullmatch(
        r"(.+) (?:at|to|on) the (?:very )?(end|bottom|beginning|start|top)"
        r"(?: of (?:the |it\b)?(?:file|document|text|page|line|note)?)?",
        phrase,
        re.IGNORECASE | re.DOTALL,
    )
    if end and (quotes.any(end[1]) or not quotes.any(phrase)):
        key = "end" if end[2].lower() in ("end", "bottom") else "home"
        return (PressKeys(("ctrl", key)), Write(_text(end[1], quotes)))
    if re.match(r"append", found[0], re.IGNORECASE) and quotes.any(phrase):
        if quotes.only(phrase):
            return (PressKeys(("ctrl", "end")), Write(_text(phrase, quotes)))
        if to := re.fullmatch(r"(.+) to (?:the |it)?(?:file|document|text|note)?", phrase, re.IGNORECASE):
            return (PressKeys(("ctrl", "end")), Write(_text(to[1], quotes)))
    if not quotes.any(phrase) and repeated_chord(phrase) and re.match("enter|hit", found[0], re.I):
        return None
    at = re.fullmatch(
        r"(.+) (?:into|in to|in|on|at|inside|as|for|to) (?:the |a |an |my |its )?(.+?)", phrase, re.DOTALL
    )
    while at:
        said, where = at[1], at[2]
        word = phrase[len(said) + 1 :].split(" ", 1)[0]
        plainly = quotes.only(re.sub(THE_TEXT, "", said, flags=re.I).strip(" :")) or word == "into"
        the_field = FIELD_END.search(where) and re.search(r"\bthe |\b(?:field|box|input|textbox)$", phrase[len(said) :])
        if not quotes.any(said) and quotes.only(where) and word in ("in", "into"):
            plainly = True
        app = word in ("in", "into") and where.lower().removeprefix("the ") in words.APPS
        if plainly or the_field or app:
            if re.fullmatch(r"(?:a |the )?(?:new|next) line", where, re.I):
                return (PressKeys(("enter",)), Write(_text(said, quotes)))
            return _into(_text(said, quotes), where if word != "in to" else where, quotes)
        at = re.fullmatch(r"(.+) (?:into|in|on|at|inside|as|for|to) (?:the |a |an |my |its )?(.+?)", said, re.DOTALL)
    text = _text(phrase, quotes)
    return (Write(text),) if text else None


def _fill(found: re.Match[str], quotes: Quotes) -> Meaning:
    field = _field(found[1], quotes)
    return (Write(_text(found[2], quotes), field, afresh=True),) if field else None


def _press(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = re.sub(r" (?:on|in) (?:the|your) keyboard$", "", found[1].strip())
    if quotes.any(phrase):
        phrase = quotes.bare(phrase)
        if len(phrase) > 1 and not repeated_chord(phrase):
            return None
    if re.search(r"\bbutton\b", phrase, re.I):
        return None
    if at := re.fullmatch(r"(.+?) (?:in|on) (?:the )?(.+?)(?: (?:window|app))?", phrase):
        pressed = repeated_chord(at[1])
        if pressed and at[2].lower() in words.APPS:
            return (WindowTo("focus", at[2]), pressed)
    pressed = repeated_chord(phrase) or repeated_chord(re.sub(r",? (?:in order )?to [a-z].*$", "", phrase))
    if pressed:
        return (pressed,)
    chords = [repeated_chord(part) for part in re.split(r",? then | followed by |, | ", phrase)]
    if chords and all(chords) and len(chords) > 1:
        return tuple(chord for chord in chords if chord)
    return None


def _keys(*keys: str) -> Callable[[re.Match[str], Quotes], Meaning]:
    return lambda found, quotes: (PressKeys(keys),)


def _empty(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = found[1] or ""
    if re.fullmatch(
        r"(?:(?:the|all|all the|all of the|everything|its|whole|entire|existing|current|any) ?)*"
        r"(?:text|contents?|it|document|everything|all|editor|file)?(?: (?:in|of) (?:the )?(?:document|editor|file|window))?",
        phrase,
        re.I,
    ):
        return (Empty(),)
    phrase = re.sub(r"^(?:the |all )*(?:contents?|text|value) (?:of|in|from) ", "", phrase)
    what = target(phrase, quotes)
    if (
        what is None
        or what.kind not in ("field", "")
        or (what.kind == "" and not found[0].lower().startswith(("clear", "empty")))
    ):
        return None
    if re.search(r"calculator|display", what.text, re.I):
        return (PressKeys(("esc",)),)
    return (Empty(Target(what.text, "field", what.ordinal, what.side, what.anchor)),)


def _name_it(found: re.Match[str], quotes: Quotes) -> Meaning:
    return (PressKeys(("ctrl", "a")), Write(quotes.plain(found[1])))


IT = r"(?: (?:it|this|that|the (?:text|selection|selected text|file|document|word|line|changes?|last (?:change|action)|whole (?:text|document))|everything|changes|my (?:work|changes)))?"

WRITING: tuple[Form, ...] = (
    (
        r"(?:[a-z]+)(?: .{0,40}?)? (?:with|by (?:pressing|hitting|using|typing)|using|via|through|pressing) (?:the )?(.+)",
        lambda m, q: (c,) if not q.only(m[1]) and len(m[1]) > 1 and (c := repeated_chord(m[1])) else None,
    ),
    (r"(?:select|highlight|mark)(?: all| everything| (?:all )?(?:of )?the (?:whole |entire )?(?:text|document|content|contents))"
     r"(?: (?:of )?(?:the )?(?:text|of it|document|in it|in the (?:document|window|editor|field)))?", _keys("ctrl", "a")),
    (rf"copy{IT}(?: to (?:the )?clipboard)?", _keys("ctrl", "c")),
    (rf"paste{IT}(?: from (?:the )?clipboard)?(?: here| there| in| again)?", _keys("ctrl", "v")),
    (rf"cut{IT}(?: out)?", _keys("ctrl", "x")),
    (rf"undo{IT}", _keys("ctrl", "z")),
    (rf"redo{IT}", _keys("ctrl", "y")),
    (rf"save{IT}(?: again)?", _keys("ctrl", "s")),
    (rf"print{IT}", _keys("ctrl", "p")),
    (r"(?:(?:create|make|open|start|begin|add) )?(?:a |an )?(?:new|blank|empty) (?:blank |empty |text )?(?:file|document|doc)", _keys("ctrl", "n")),
    (r"(?:open|create|add) (?:a |the )?new tab", _keys("ctrl", "t")),
    (r"(?:refresh|reload)(?: .+)?", _keys("f5")),
    (r"(?:go )?back", _keys("alt", "left")),
    (r"(?:go )?forward", _keys("alt", "right")),
    (r"(?:toggle |enter |exit |leave |go )?full ?screen(?: mode)?", _keys("f11")),
    (r"(?:go|move|jump)(?: (?:the )?(?:cursor|caret))? to (?:the )?(?:very )?(?:end|bottom)(?: of (?:the )?(?:text|document|file|page))?", _keys("ctrl", "end")),
    (r"(?:go|move|jump)(?: (?:the )?(?:cursor|caret))? to (?:the )?(?:very )?(?:beginning|start|top)(?: of (?:the )?(?:text|document|file|page))?", _keys("ctrl", "home")),
    (r"(?:go|move|jump) to (?:the )?end of (?:the )?line", _keys("end")),
    (r"(?:go|move|jump) to (?:the )?(?:beginning|start) of (?:the )?line", _keys("home")),
    (r"(?:start|add|insert|begin) (?:a )?new line|new line|go to (?:the |a )?(?:next|new) line|line break", _keys("enter")),
    (r"(?:open |show )?(?:the )?(?:find|search) (?:dialog|bar)", _keys("ctrl", "f")),
    (r"(?:open |show )?(?:the )?open (?:file )?dialog", _keys("ctrl", "o")),
    (r"(?:open |show )?(?:the )?save(?: as)? dialog", _keys("ctrl", "shift", "s")),
    (r"submit(?: (?:it|the form|this))?", _keys("enter")),
    (r"(?:press|hit|push|strike|use|type|enter|tap|send)(?: on)?(?: the)?(?: keys?| key combination| keyboard shortcut| shortcut)? (.+)",
     lambda m, q: _press(m, q) if not re.match("type", m[0], re.I) else None),
    (r"(?:enter|return|escape|esc|tab)(?: (?:twice|\w+ times))?", lambda m, q: ((c,) if (c := repeated_chord(m[0])) else None)),
    (r"(?:clear|empty|erase|delete|remove|wipe)(?: out)?(?: (.+))?", _empty),
    (r"(?:name|call|rename) (?:it|the file|this)(?: to| as)? (.+)", _name_it),
    (r"(?:fill|populate)(?: in| out)? (.+?) (?:with|as|using|to) (.+)", _fill),
    (r"(?:set|change) (.+?) to (?:the value )?(.+)", lambda m, q: _fill(m, q) if not menu_path(m[1], q) else None),
    (r"(?:search|look)(?: for)? (.+)|(?:find|locate) (.+)", lambda m, q: _search(m, q)),
    (r"(?:type|write|enter|input|key|insert|put|append|fill)(?: in(?! the )| out| down)?:? (.+)", _write),
    (r"add (?:the )?(?:text|line|word|words|sentence) (.+)", _write),
)  # fmt: skip


def _search(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = found[1] or found[2]
    if at := re.fullmatch(
        r"(.+) (?:in|inside|within) (?:the )?(?:file |document )?(\S+\.\w{1,5}|[\ue000-\uf8ff])", phrase
    ):
        return (OpenItem(Target(quotes.plain(at[2]), "file")), SearchFor(quotes.plain(at[1])))
    phrase = re.sub(r" (?:in|within) the (?:text|document|file|page|editor)$", "", phrase)
    if quotes.any(phrase) and not quotes.only(
        re.sub(r"^(?:for )?(?:(?:the|a) )?(?:word |text |phrase |string )?", "", phrase)
    ):
        return None
    if not quotes.any(phrase) and re.search(r"\b(?:and replace|way|out|that)\b", phrase):
        return None
    text = quotes.plain(re.sub(r"^(?:for )?(?:(?:the|a) (?:word|text|phrase|string) )?", "", phrase))
    return (SearchFor(text),) if text else None


__all__ = ["WRITING", "ClickOn", "Instruction"]

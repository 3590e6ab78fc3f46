"""Sentences about applications and windows: open, close, switch, and answer what a dialog asks."""

import re

from agent.builtin import words
from agent.builtin.grammar import VERBS, Form, Meaning, menu_path
from agent.builtin.instructions import (
    ClickOn,
    IfAsked,
    OpenApplication,
    OpenFile,
    OpenItem,
    PressKeys,
    Target,
    WindowDeed,
    WindowTo,
    Write,
)
from agent.builtin.phrases import Quotes, fits, is_path, target, without

MENUS = {"file", "edit", "view", "search", "document", "help", "tools", "go", "bookmarks", "format", "options"}
"""Menus that a person goes to by their bare names."""

DONT_SAVE = ("Don't Save", "Close without Saving", "Discard", "No")
REPLACE = ("Replace", "Overwrite", "Yes")
AGREE = ("Replace", "Overwrite", "OK", "Yes", "Confirm", "Delete", "Move to Trash", "Accept", "Continue")

APP = r"(?:app|application|program|programme|window|dialog|dialogue|tool)"
UNSAVED = (
    r"(?:,? (?:and )?(?:without saving(?: (?:it|changes|the changes|anything|the file))?|don't save|do not save|"
    r"discard(?:ing)?(?: (?:the|all|any))?(?: changes)?))"
)


def _name(phrase: str, quotes: Quotes) -> str:
    """The name of a window or an application without the little words; "" for the one in front."""
    if quotes.only(phrase.strip()):
        return quotes.plain(phrase)
    text = quotes.bare(without(rf"(?:^| ){APP}$", phrase.strip()))
    text = without(rf" {APP}$", without(r"^(?:the|a|an|my|this|that|up|it)(?: |$)", text))
    return without(rf"^{APP}$", without(r"^(?:current|active|front|focused|new|open|whole|it)$", text))


def _window(deed: WindowDeed, phrase: str, quotes: Quotes, saving: bool | None = None) -> Meaning:
    phrase = phrase.strip()
    if deed == "close":
        if fits(r"(?:the |this |current )*tab", phrase):
            return (PressKeys(("ctrl", "w")),)
        if fits(r"(?:the |this |open |current )*(?:\w+ )?(?:menu|popup|pop-up|tooltip)", phrase):
            return (PressKeys(("esc",)),)
        if phrase.lower().endswith((" button", " link", " icon", " tab")):
            return None
    name = _name(phrase, quotes)
    if fits(r"(?:without|all|every|and|or|both|two|three)\b.*", name):
        return None
    return (WindowTo(deed, "" if fits(r"(?:file|document|editor window|document window)", name) else name, saving),)


def _button_of_window(found: re.Match[str], quotes: Quotes) -> Meaning:
    deeds: dict[str, WindowDeed] = {"cl": "close", "mi": "minimise", "ma": "maximise"}
    return _window(deeds[found[1][:2].lower()], found[2] or "", quotes)


def _open(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = found[1].strip()
    if at := fits(r"(.+) (?:in|with|using|inside) (?:the |a )?(.+)", phrase):
        item = target(at[1], quotes)
        several = [target(one, quotes) for one in re.split(r" and |, ", at[1])]
        if at[2].lower() in words.APPS and len(several) > 1 and all(one and is_path(one.text) for one in several):
            return (WindowTo("focus", at[2]), *(OpenFile(one.text) for one in several if one))
        if item and (item.kind == "file" or is_path(item.text)) and at[2].lower() in words.APPS:
            return (WindowTo("focus", at[2]), OpenFile(item.text))
    if path := menu_path(phrase, quotes):
        return (path,)
    what = target(phrase, quotes)
    if what is None or fits(r"(?:and|or)\b.*", phrase):
        return None
    if what.kind in ("menu", "link", "tab", "item", "list", "checkbox", "button"):
        return (ClickOn(what),)
    if what.kind in ("icon", "folder"):
        return (OpenItem(what),)
    if is_path(what.text) or (what.kind == "file" and what.text):
        return (OpenFile(what.text),) if "/" in what.text.rstrip("/") else (OpenItem(what),)
    if what.anchor or what.ordinal:
        return None if what.anchor and what.anchor.kind == "menu" else (OpenItem(what),)
    name = _name(without(r" again$| from scratch$", phrase), quotes)
    instructions = re.search(rf"\s{VERBS}\s", name, re.IGNORECASE) and not quotes.only(phrase)
    return (OpenApplication(name),) if name and len(name.split()) <= 5 and not instructions else None


def _focus(phrase: str, quotes: Quotes) -> Meaning:
    phrase = without(r",? (?:in order )?to [a-z]+ .*$", phrase)
    what = target(phrase, quotes)
    if what and what.kind in ("field", "tab", "list", "checkbox", "button"):
        return (ClickOn(what),)
    return _window("focus", phrase, quotes)


def _go(phrase: str, quotes: Quotes) -> Meaning:
    if without("^the ", phrase).lower() in MENUS:
        return (ClickOn(Target(without("^the ", phrase), "menu")),)
    text = quotes.plain(without(r"^(?:the )?(?:folder|directory|address|url|page|path|site|website) ", phrase))
    if re.match(r"(?:~|/|\w+://|www\.)", text) and " " not in text:
        return (PressKeys(("ctrl", "l")), Write(text), PressKeys(("enter",)))
    if path := menu_path(phrase, quotes):
        return (path,)
    what = target(phrase, quotes)
    if what and what.kind in ("menu", "tab", "link", "field", "item", "button", "list"):
        return (ClickOn(what),)
    if fits(r"(?:the |a )?(?:end|beginning|start|top|bottom|next|new|previous|line)\b.*", phrase):
        return None
    return _focus(phrase, quotes)


WINDOWS: tuple[Form, ...] = (
    (
        r"(?:leave|keep) .*|(?:that's|that is) (?:it|all)|"
        r"(?:do not|don't|never) (?:do|close|change|touch|click|press|type|save) (?:anything|it|the|any|else).*|"
        r"(?:stop|done|finish|end|you are done|you're done)(?: (?:there|here|then|now))?",
        lambda m, q: (),
    ),
    (rf"(?:close|quit|exit|leave)(?: (.+?))?{UNSAVED}", lambda m, q: _window("close", m[1] or "", q, False)),
    (
        r"(?:close|quit|exit)(?: (.+?))? and save(?: it| changes| the changes| the file)?",
        lambda m, q: _window("close", m[1] or "", q, True),
    ),
    (
        r"(?:don't save|do not save|discard(?: (?:the|all|any|my))?(?: changes)?|close without saving|"
        r"say (?:no|don't save))",
        lambda m, q: (IfAsked(DONT_SAVE),),
    ),
    (
        r"(?:dismiss|cancel)(?: (?:the|this|that))?(?: \w+)? (?:dialog|dialogue|popup|pop-up|menu|dialog box|message)",
        lambda m, q: (PressKeys(("esc",)),),
    ),
    (
        r"(?:if (?:asked|prompted|needed|necessary|it asks|a \w+ (?:appears|shows up|pops up)),? )?"
        r"(?:overwrite|replace(?= ))(?: (?:it|the file|(?:the |any )?(?:existing|old) file|if (?:asked|needed)|"
        r"when asked|(?:it )?if (?:asked|needed|(?:it|one) (?:already )?exists)))*",
        lambda m, q: (IfAsked(REPLACE),),
    ),
    (
        r"(?:confirm|accept|agree)(?!.* (?:with|by) )(?: (?:the|this|that|to|with))*(?: \w+){0,2}",
        lambda m, q: (IfAsked(AGREE),),
    ),
    (
        r"click (?:on )?(?:the )?(close|minimi[sz]e|maximi[sz]e) (?:button|icon) (?:of|on|in) (?:the |its )?"
        r"(?:(.+) )?(?:window|title ?bar|corner)",
        _button_of_window,
    ),
    (
        r"(?:close|quit|exit|shut|leave|terminate)(?: down)?(?: (.+?))?(?: down)?",
        lambda m, q: _window("close", m[1] or "", q),
    ),
    (r"(?:minimi[sz]e|iconify|hide)(?: (.+?))?", lambda m, q: _window("minimise", m[1] or "", q)),
    (r"(?:maximi[sz]e|enlarge)(?: (.+?))?", lambda m, q: _window("maximise", m[1] or "", q)),
    (
        r"make (.+?) (?:full ?screen|maximi[sz]ed|as (?:big|large) as possible)",
        lambda m, q: _window("maximise", m[1], q),
    ),
    (r"(?:switch|change|return|go back|alt-tab)(?: over| back)? to (.+)", lambda m, q: _focus(m[1], q)),
    (r"(?:focus|activate|raise)(?: on)? (.+? (?:window|app|application))", lambda m, q: _focus(m[1], q)),
    (r"focus(?: on)? (.+)", lambda m, q: _focus(m[1], q)),
    (r"bring (.+?) (?:to (?:the )?(?:front|foreground|top)|forward|up)", lambda m, q: _focus(m[1], q)),
    (r"(?:go|navigate|move) to (.+)", lambda m, q: _go(m[1], q)),
    (r"(?:open|start|launch|run|execute|fire up|bring up|load|start up|boot|show)(?: up)? (.+)", _open),
)

"""Sentences about applications, windows and files: open, switch, close, save."""

import re

from agent.builtin.instructions import (
    ClickOn,
    IfAsked,
    OpenApplication,
    OpenFile,
    OpenItem,
    PressKeys,
    SaveAs,
    WindowState,
    WindowTo,
)
from agent.builtin.patterns import VERBS, Parsed, Pattern, menu_path
from agent.builtin.phrases import Quotes, fits, is_path, target, without

APPLICATION = r"(?:app|application|program|window|dialog|dialogue)"
FOLDERS = r"(?:desktop|documents|downloads|pictures|music|videos)"
SAVED = r",? saving(?: (?:it|(?:the )?changes))?"
UNSAVED = r",? without saving(?: (?:it|(?:the )?changes))?"


def _name(phrase: str, quotes: Quotes) -> str:
    """The name of a window or an application without articles; "" for the front window."""
    if quotes.only(phrase.strip()):
        return quotes.plain(phrase)
    name = without(rf"(?:^| ){APPLICATION}$", without(r"^(?:the|a|an|this) ", phrase.strip()))
    return "" if fits(r"(?:the |this )?(?:current|active|front|it)?", name) else quotes.plain(name)


def _window(state: WindowState, phrase: str, quotes: Quotes, saving: bool | None = None) -> Parsed:
    if menu_path(phrase, quotes):
        return None
    what = target(phrase, quotes) if phrase else None
    if state == "close" and what is not None and what.role == "menu":
        return (PressKeys(("esc",)),)
    if what is not None and what.role not in ("", "window", "text"):
        return (ClickOn(what),) if state == "focus" else None
    name = what.text if what is not None and what.role == "window" and what.text else _name(phrase, quotes)
    return (WindowTo(state, name, saving),) if what is not None or not name else None


def _open(found: re.Match[str], quotes: Quotes) -> Parsed:
    phrase = found[1].strip()
    if path := menu_path(phrase, quotes):
        return (path,)
    what = target(phrase, quotes)
    if what is None:
        return None
    if what.role in ("menu", "link", "tab", "item", "list", "button"):
        return (ClickOn(what),)
    if is_path(what.text) or what.role == "file":
        return (OpenFile(what.text),) if "/" in what.text.rstrip("/") else (OpenItem(what),)
    if what.role in ("icon", "folder") or what.anchor or what.ordinal:
        return (OpenItem(what),)
    name = _name(phrase, quotes)
    more = re.search(rf"\s(?:and|in|with|using|from|{VERBS})\s", name, re.IGNORECASE) and not quotes.only(phrase)
    return (OpenApplication(name),) if name and len(name.split()) <= 5 and not more else None


def _save_as(found: re.Match[str], quotes: Quotes) -> Parsed:
    name = quotes.plain(without(r"^(?:a |the )?(?:new )?(?:text )?file (?:called |named )?", found["name"]))
    folder = _folder(found["folder"], quotes) if found["folder"] else ""
    if folder is None or not name or (" " in name and not quotes.any(found["name"])):
        return None
    return (SaveAs(f"{folder.rstrip('/')}/{name}" if folder else name),)


def _folder(phrase: str, quotes: Quotes) -> str | None:
    """ "the Documents folder" as a path: "~/Documents"; None if the words name no folder."""
    name = quotes.plain(without(r"^(?:the |my )?(?:folder |directory )?|[ -](?:folder|directory)$", phrase))
    if fits("home|~", name):
        return "~"
    if name.startswith(("/", "~")):
        return name
    if fits(FOLDERS, name):
        return f"~/{name.capitalize()}"
    return f"~/{name}" if re.search(r"\b(?:folder|directory)\b", phrase, re.IGNORECASE) else None


WINDOWS: tuple[Pattern, ...] = (
    (rf"(?:close|quit)(?: (.+?))?{UNSAVED}", lambda m, q: _window("close", m[1] or "", q, saving=False)),
    (
        rf"(?:close|quit)(?: (.+?))?{SAVED}",
        lambda m, q: _window("close", m[1] or "", q, saving=True),
    ),
    (r"if asked,? (?:click|press|choose) (.+)", lambda m, q: (IfAsked((w.text,)),) if (w := target(m[1], q)) else None),
    (r"(?:close|quit)(?: (.+))?", lambda m, q: _window("close", m[1] or "", q)),
    (r"minimi[sz]e(?: (.+))?", lambda m, q: _window("minimise", m[1] or "", q)),
    (r"maximi[sz]e(?: (.+))?", lambda m, q: _window("maximise", m[1] or "", q)),
    (
        r"(?:(?:switch|go) to|focus(?: on)?|activate) (.+)",
        lambda m, q: _window("focus", m[1], q),
    ),
    (
        r"save(?: (?:it|this|the (?:file|document|text)))? in (?P<folder>.+?) as (?P<name>.+)",
        _save_as,
    ),
    (
        r"save(?: (?:it|this|the (?:file|document|text)))? (?:as|to) (?P<name>.+?)"
        r"(?: in (?P<folder>(?:the |my )?[^ ]+(?: folder| directory)?|(?:the )?(?:folder|directory) .+))?",
        _save_as,
    ),
    (r"(?:open|start|launch)(?: up)? (.+)", _open),
)

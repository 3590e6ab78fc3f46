"""Sentences about applications, windows, files and commands."""

import re

from agent.builtin import words
from agent.builtin.grammar import Form, Meaning, menu_path
from agent.builtin.instructions import (
    ClickOn,
    CreateFolder,
    Empty,
    IfAsked,
    OpenApplication,
    OpenFile,
    OpenItem,
    PressKeys,
    ReplaceText,
    RunCommand,
    SaveAs,
    Target,
    WindowDeed,
    WindowTo,
    Write,
)
from agent.builtin.phrases import Quotes, target

MENUS = {"file", "edit", "view", "search", "document", "help", "tools", "go", "bookmarks", "format", "options"}
"""Menus that a person goes to by their bare names."""

DONT_SAVE = ("Don't Save", "Close without Saving", "Discard", "No")
REPLACE = ("Replace", "Overwrite", "Yes")
SAVE = ("Save", "Yes")

APP_WORDS = r"(?:app|application|program|programme|window|dialog|dialogue|tool)"
FILE_WORDS = r"(?:file|document|text|text file|note|it|this|changes|the changes|my changes|your work|work|everything)"
UNSAVED = r"(?:,? (?:and )?(?:without saving(?: (?:it|changes|the changes|anything|the file))?|don't save|do not save|discard(?:ing)?(?: (?:the|all|any))?(?: changes)?))"


def _name(phrase: str, quotes: Quotes) -> str:
    """The name of a window or an application without the little words; "" for the one in front."""
    if quotes.only(phrase.strip()):
        return quotes.plain(phrase)
    text = quotes.bare(re.sub(rf"(?:^| ){APP_WORDS}$", "", phrase.strip(), flags=re.IGNORECASE)).strip()
    text = re.sub(r"^(?:the|a|an|my|this|that|up|it)(?: |$)", "", text, flags=re.IGNORECASE).strip()
    text = re.sub(rf" {APP_WORDS}$", "", text, flags=re.IGNORECASE)
    plain = re.sub(r"^(?:current|active|front|focused|new|open|whole|it)$", "", text, flags=re.IGNORECASE)
    return re.sub(rf"^{APP_WORDS}$", "", plain, flags=re.IGNORECASE)


def _window(deed: WindowDeed, phrase: str, quotes: Quotes, saving: bool | None = None) -> Meaning:
    if deed == "close":
        if re.fullmatch(r"(?:the |this |current )*tab", phrase.strip(), re.IGNORECASE):
            return (PressKeys(("ctrl", "w")),)
        if re.fullmatch(
            r"(?:the |this |open |current )*(?:\w+ )?(?:menu|popup|pop-up|tooltip)", phrase.strip(), re.IGNORECASE
        ):
            return (PressKeys(("esc",)),)
        if phrase.strip().lower().endswith((" button", " link", " icon", " tab")):
            return None
    name = _name(phrase, quotes)
    if re.fullmatch(r"(?:without|all|every|and|or|both|two|three)\b.*", name, re.IGNORECASE):
        return None
    if re.fullmatch(r"(?:file|document|editor window|document window)", name, re.IGNORECASE):
        name = ""
    return (WindowTo(deed, name, saving),)


def _is_path(text: str) -> bool:
    return bool(re.match(r"(?:~|/|\.{1,2}/|[A-Za-z]:\\)\S*", text) or re.search(r"\w\.[A-Za-z][A-Za-z0-9]{0,4}$", text))


def _open(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = found[1].strip()
    if at := re.fullmatch(r"(.+) (?:in|with|using|inside) (?:the |a )?(.+)", phrase, re.IGNORECASE):
        item = target(at[1], quotes)
        if item and (item.kind == "file" or _is_path(item.text)) and at[2].lower() in words.APPS:
            return (WindowTo("focus", at[2]), OpenFile(item.text))
    if path := menu_path(phrase, quotes):
        return (path,)
    what = target(phrase, quotes)
    if what is None or re.match(r"(?:and|or)\b", phrase):
        return None
    if what.kind == "menu" or what.kind in ("link", "tab", "item", "list", "checkbox", "button"):
        return (ClickOn(what),)
    if what.kind in ("icon", "folder"):
        return (OpenItem(what),)
    if _is_path(what.text) or (what.kind == "file" and what.text):
        return (OpenItem(what),) if "/" not in what.text.rstrip("/") else (OpenFile(what.text),)
    if what.anchor and (what.anchor.kind == "menu"):
        return None
    if what.anchor or what.ordinal:
        return (OpenItem(what),)
    name = _name(re.sub(r" again$| from scratch$", "", phrase), quotes)
    if not name or len(name.split()) > 5:
        return None
    return (OpenApplication(name),)


def _save_as(found: re.Match[str], quotes: Quotes) -> Meaning:
    name = quotes.plain(
        re.sub(r"^(?:a |the )?(?:file )?(?:called |named )?", "", found[1].strip(), flags=re.IGNORECASE)
    )
    folder = quotes.plain(found[2]).strip() if found.lastindex and found.lastindex >= 2 and found[2] else ""
    if folder and not folder.startswith(("/", "~")):
        return None
    if not name or (" " in name and not quotes.any(found[1]) and "/" not in name):
        return None
    return (SaveAs(f"{folder.rstrip('/')}/{name}" if folder else name),)


def _run(found: re.Match[str], quotes: Quotes) -> Meaning:
    command = quotes.plain(re.sub(r"^(?:the )?(?:command|program|script|line) ", "", found[1], flags=re.IGNORECASE))
    named = bool(re.match(r"(?:the )?command ", found[1], re.IGNORECASE)) or quotes.only(found[1])
    in_terminal = bool(found.lastindex and found.lastindex >= 2 and found[2])
    if not (named or in_terminal or re.search(r"[ /|><]", command)) or command.lower() in words.APPS:
        return None
    if not named and not in_terminal and re.match(r"(?:the|a|an|my)\b", command):
        return None
    return (RunCommand(command),)


def _run_in(found: re.Match[str], quotes: Quotes) -> Meaning:
    command = quotes.plain(re.sub(r"^(?:the )?(?:command|program|script|line) ", "", found[1], flags=re.IGNORECASE))
    return (RunCommand(command),)


def _rename(found: re.Match[str], quotes: Quotes) -> Meaning:
    what, name = target(found[1], quotes), quotes.plain(found[2])
    if what is None or not (
        _is_path(what.text) or quotes.any(found[1]) or re.search(r"file|folder", found[0], re.IGNORECASE)
    ):
        return None
    return (ClickOn(what), PressKeys(("f2",)), PressKeys(("ctrl", "a")), Write(name), PressKeys(("enter",)))


def _delete(found: re.Match[str], quotes: Quotes) -> Meaning:
    what = target(found[1], quotes)
    if what is None or not what.text:
        return None
    return (ClickOn(what), PressKeys(("delete",)), IfAsked(("Yes", "Delete", "Move to Trash", "OK")))


def _focus(phrase: str, quotes: Quotes) -> Meaning:
    phrase = re.sub(r",? (?:in order )?to [a-z]+ .*$", "", phrase)
    what = target(phrase, quotes)
    if what and what.kind in ("field", "tab", "list", "checkbox", "button"):
        return (ClickOn(what),)
    return _window("focus", phrase, quotes)


def _go(phrase: str, quotes: Quotes) -> Meaning:
    if phrase.lower().removeprefix("the ") in MENUS:
        return (ClickOn(Target(phrase.removeprefix("the "), "menu")),)
    text = quotes.plain(re.sub(r"^(?:the )?(?:folder|directory|address|url|page|path|site|website) ", "", phrase))
    if re.match(r"(?:~|/|\w+://|www\.)", text) and " " not in text:
        return (PressKeys(("ctrl", "l")), Write(text), PressKeys(("enter",)))
    if path := menu_path(phrase, quotes):
        return (path,)
    what = target(phrase, quotes)
    if what and what.kind in ("menu", "tab", "link", "field", "item", "button", "list"):
        return (ClickOn(what),)
    if re.match(r"(?:the )?(?:end|beginning|start|top|bottom|next|previous|line)\b", phrase, re.IGNORECASE):
        return None
    return _focus(phrase, quotes)


WINDOWS: tuple[Form, ...] = (
    (
        r"(?:leave|keep) .*|(?:do not|don't|never) (?:do|close|change|touch|click|press|type|save) (?:anything|it|the|any|else).*|"
        r"(?:that's|that is) (?:it|all)|(?:stop|done|finish|end|you are done|you're done)(?: (?:there|here|then|now))?",
        lambda m, q: (),
    ),
    (rf"(?:close|quit|exit|leave)(?: (.+?))?{UNSAVED}", lambda m, q: _window("close", m[1] or "", q, False)),
    (r"(?:close|quit|exit)(?: (.+?))? and save(?: it| changes| the changes| the file)?",
     lambda m, q: _window("close", m[1] or "", q, True)),
    (r"(?:don't save|do not save|discard(?: (?:the|all|any|my))?(?: changes)?|close without saving|say (?:no|don't save))",
     lambda m, q: (IfAsked(DONT_SAVE),)),
    (r"(?:dismiss|cancel)(?: (?:the|this|that))?(?: \w+)? (?:dialog|dialogue|popup|pop-up|menu|dialog box|message)",
     lambda m, q: (PressKeys(("esc",)),)),
    (r"(?:if (?:asked|prompted|needed|necessary|it asks|a (?:dialog|confirmation|prompt|question) (?:appears|shows up|pops up)),? )?"
     r"(?:overwrite|replace(?= ))(?: (?:it|the file|the existing file|the old file|any existing file|existing file|if (?:asked|needed)|"
     r"when asked|it if (?:asked|needed|it exists)))*", lambda m, q: (IfAsked(REPLACE),)),
    (r"(?:confirm|accept)(?: (?:the|this|to))?(?: (?:dialog|replacement|overwrite|overwriting|replace|question|prompt|choice|change|changes))?",
     lambda m, q: (IfAsked(("Replace", "Overwrite", "OK", "Yes", "Confirm", "Accept", "Continue")),)),
    (r"(?:close|quit|exit|shut|leave|terminate)(?: down)?(?: (.+?))?(?: down)?", lambda m, q: _window("close", m[1] or "", q)),
    (r"(?:create|make|add|new)(?: a| the)?(?: new)? (?:folder|directory)(?: (?:called|named|titled|with the name))? (.+)",
     lambda m, q: (CreateFolder(t.text),) if (t := target(m[1], q)) and t.anchor is None else None),
    (r"rename (?:the )?(?:file |folder )?(.+?) (?:to|as|into) (.+)", _rename),
    (r"(?:delete|remove|trash) (?:the )?((?:file|folder|directory) .+|\S+\.\w{1,5})", _delete),
    (r"replace (?:all (?:of )?|everything|the whole |the entire |the |its |all the )*(?:text|contents?|everything|document|file|it)"
     r"(?: (?:of|in) (?:it|the (?:file|document|editor)))? (?:with|by) (.+)", lambda m, q: (Empty(), Write(q.plain(m[1])))),
    (r"(?:replace|substitute|change)(?: all| every)?(?: (?:the )?(?:word|text|occurrences? of))? (.+?) (?:with|by|to|into) (?:the word )?(.+)",
     lambda m, q: (ReplaceText(q.plain(m[1]), q.plain(m[2])),) if q.any(m[1]) and q.any(m[2]) else None),
    (r"click (?:on )?(?:the )?(close|minimi[sz]e|maximi[sz]e) (?:button|icon) (?:of|on|in) (?:the |its )?(?:(.+) )?(?:window|title ?bar|corner)",
     lambda m, q: _window({"c": "close", "mi": "minimise", "ma": "maximise"}[m[1][:2].lower() if m[1][0] in "mM" else "c"], m[2] or "", q)),
    (r"(?:minimi[sz]e|iconify|hide)(?: (.+?))?", lambda m, q: _window("minimise", m[1] or "", q)),
    (r"(?:maximi[sz]e|enlarge)(?: (.+?))?", lambda m, q: _window("maximise", m[1] or "", q)),
    (r"make (.+?) (?:full ?screen|maximi[sz]ed|as (?:big|large) as possible)", lambda m, q: _window("maximise", m[1], q)),
    (r"(?:switch|change|return|go back|alt-tab)(?: over| back)? to (.+)", lambda m, q: _focus(m[1], q)),
    (r"(?:focus|activate|raise)(?: on)? (.+? (?:window|app|application))", lambda m, q: _focus(m[1], q)),
    (r"focus(?: on)? (.+)", lambda m, q: _focus(m[1], q)),
    (r"bring (.+?) (?:to (?:the )?(?:front|foreground|top)|forward|up)", lambda m, q: _focus(m[1], q)),
    (r"(?:go|navigate|move) to (.+)", lambda m, q: _go(m[1], q)),
    (r"(?:save|store|export)(?: .{0,20}?)?(?: (?:file|document|text|it|this|note|copy|them|contents?|work))? "
     r"(?:as|under the name(?: of)?|with the (?:file)?name|to|in|into|at|under) (?:the file )?(?:the (?:folder|directory) )?(\S+|.+?)"
     r"(?:,? (?:in|into|to|inside)(?: the)?(?: folder| directory)? (\S+?)(?: folder| directory)?)?", _save_as),
    (r"save as (.+)", _save_as),
    (r"(?:run|execute|launch|issue|enter|type)(?: the command)? (.+?)( (?:in|on|into|from|using) (?:the |a )?"
     r"(?:terminal|xterm|console|shell|command line|command prompt)(?: window)?)(?: and (?:press|hit) (?:enter|return))?", _run_in),
    (r"(?:run|execute)(?: the)? (.+)", _run),
    (r"open (?:the )?(?:file|document) (.+?) in (?:the )?(.+)", lambda m, q: (OpenFile(q.plain(m[1])),)),
    (r"(?:load) (?:the )?(?:file|document )?(.+)", lambda m, q: (OpenFile(q.plain(m[1])),)),
    (r"(?:open|start|launch|run|execute|fire up|bring up|load|start up|boot|show)(?: up)? (.+)", _open),
)  # fmt: skip

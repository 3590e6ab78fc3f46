"""Sentences about files, folders and commands."""

import re

from agent.builtin import words
from agent.builtin.grammar import Form, Meaning
from agent.builtin.instructions import (
    ClickOn,
    CreateFolder,
    Empty,
    IfAsked,
    Instruction,
    OpenApplication,
    OpenFile,
    PressKeys,
    ReplaceText,
    RunCommand,
    SaveAs,
    Write,
)
from agent.builtin.phrases import Quotes, fits, is_path, target, without

DELETE = ("Yes", "Delete", "Move to Trash", "OK")
TERMINAL = r"(?:terminal|xterm|console|shell|command line|command prompt)"
COMMAND = r"^(?:the )?(?:following )?(?:command|program|script|line):? "
WHERE = r"(?:in|into|to|inside|on|under|at|within)"


def _save_as(name: str, folder: str, quotes: Quotes) -> Meaning:
    if not quotes.any(name):
        name = without(rf" (?:{WHERE}) (?:the )?(?:file )?dialog$", name)
    name = quotes.plain(without(r"^(?:a |the )?(?:new )?(?:text )?(?:file )?(?:called |named |name )?(?:of )?", name))
    path = _folder(folder, quotes) if folder else ""
    if path is None or not name or (" " in name and not quotes.inside and "/" not in name and "." not in name):
        return None
    return (SaveAs(f"{path.rstrip('/')}/{name}" if path else name),)


def _folder(phrase: str, quotes: Quotes) -> str | None:
    """ "the Documents folder" as a path: "~/Documents"; None if the words name no folder."""
    said = bool(re.search(r"\b(?:folder|directory)\b", phrase, re.IGNORECASE))
    name = without(r"^(?:the|my) ", phrase.strip())
    name = quotes.plain(without(r"^(?:folder|directory) |[ -](?:folder|directory)$", name))
    if fits(r"home|~", name):
        return "~"
    if name.startswith(("/", "~")):
        return name
    known = fits(r"desktop|documents|downloads|pictures|music|videos|public|templates", name)
    return f"~/{name if not known or said else name.capitalize()}" if known or said else None


def _run(found: re.Match[str], quotes: Quotes) -> Meaning:
    command = quotes.plain(without(COMMAND, found[1]))
    named = bool(fits(rf"{COMMAND}.*", found[1])) or quotes.only(found[1])
    if not (named or re.search(r"[ /|><]", command)) or command.lower() in words.APPS:
        return None
    return None if not named and fits(r"(?:the|a|an|my)\b.*", command) else (RunCommand(command),)


def _run_in(found: re.Match[str], quotes: Quotes) -> Meaning:
    return (RunCommand(quotes.plain(without(COMMAND, found[1]))),)


def _rename(found: re.Match[str], quotes: Quotes) -> Meaning:
    what, name = target(found[1], quotes), quotes.plain(found[2])
    if what is None or not (is_path(what.text) or quotes.any(found[1]) or fits(".*(?:file|folder).*", found[0])):
        return None
    typed: tuple[Instruction, ...] = (PressKeys(("ctrl", "a")), Write(name), PressKeys(("enter",)))
    return (ClickOn(what), PressKeys(("f2",)), *typed)


def _delete(found: re.Match[str], quotes: Quotes) -> Meaning:
    what = target(found[1], quotes)
    return (ClickOn(what), PressKeys(("delete",)), IfAsked(DELETE)) if what and what.text else None


def _replace(found: re.Match[str], quotes: Quotes) -> Meaning:
    old, new = (without(r"^(?:the )?(?:word|text) ", found[n]) for n in (1, 2))
    quoted = quotes.any(old) and quotes.any(new)
    return (ReplaceText(quotes.plain(old), quotes.plain(new)),) if quoted or len(f"{old} {new}".split()) <= 4 else None


def _file_named(found: re.Match[str], quotes: Quotes) -> Meaning:
    name, text = quotes.plain(found[1]), quotes.plain(found[2] or "")
    written: tuple[Instruction, ...] = (Write(text),) if text else ()
    return (OpenApplication("text editor"), *written, SaveAs(name)) if is_path(name) or quotes.any(found[1]) else None


def _folder_named(found: re.Match[str], quotes: Quotes) -> Meaning:
    what = target(found[1], quotes)
    return (CreateFolder(what.text),) if what and what.text and what.anchor is None else None


FILES: tuple[Form, ...] = (
    (
        r"(?:save|store|write|put) (?:the (?:text|words?) )?(?P<text>[\ue000-\uf8ff]) (?:to|in|into|as) (?:a |"
        r"the )?(?:new )?"
        r"(?:text )?file (?:called |named )?(?P<name>\S+)(?: (?:using|in|with) the text editor)?",
        lambda m, q: (OpenApplication("text editor"), Write(q.plain(m["text"])), SaveAs(q.plain(m["name"]))),
    ),
    (
        rf"(?:save|store|export)(?: .{{0,30}}?)? {WHERE} (?P<folder>(?:the |my )?.+?) "
        r"(?:as|under the name(?: of)?) (?P<name>.+)",
        lambda m, q: _save_as(m["name"], m["folder"], q) if _folder(m["folder"], q) else None,
    ),
    (
        r"(?:save|store|export)(?: .{0,30}?)? (?:as|under the name(?: of)?|with the (?:file)?name|to|in|into|at|under) "
        rf"(?P<name>.+?)(?:,? {WHERE} (?P<folder>(?:the |my )?[^ ]+(?: folder| directory)?|"
        r"(?:the )?(?:folder|directory) .+))?",
        lambda m, q: None if q.any(m[0][: m.start("name")]) else _save_as(m["name"], m["folder"] or "", q),
    ),
    (
        r"(?:run|execute|launch|issue|enter|type)(?: the command)? (.+?) (?:in|on|into|from|using) (?:the |a )?"
        rf"{TERMINAL}(?: window)?(?: and (?:press|hit) (?:enter|return))?",
        lambda m, q: _run_in(m, q) if not fits("(?:type|enter) .*", m[0]) else None,
    ),
    (r"(?:run|execute)(?: the)? (.+)", _run),
    (r"open (?:the )?(?:file|document) (.+?) in (?:the )?(.+)", lambda m, q: (OpenFile(q.plain(m[1])),)),
    (
        r"(?:create|make|add|new)(?: a| the)?(?: new)? (?:folder|directory)(?: (?:called|named|titled|with "
        r"the name))? (.+)",
        _folder_named,
    ),
    (
        r"(?:create|make|write)(?: a| the)?(?: new)?(?: text)? (?:file|document|note) (?:called|named|titled) (.+?)"
        r"(?:,? (?:and |that |which )?(?:containing|contains|with(?: the)? (?:text|content|contents|words?)|"
        r"saying|says|reading|"
        r"holding|with) (.+))?",
        _file_named,
    ),
    (r"rename (?:the )?(?:file |folder )?(.+?) (?:to|as|into) (.+)", _rename),
    (r"(?:delete|remove|trash) (?:the )?((?:file|folder|directory) .+|\S+\.\w{1,5})", _delete),
    (
        r"(?:delete|remove|trash|erase) (?:it|this|that|them|"
        r"the (?:selection|selected (?:file|text|item|word)s?|file|folder))",
        lambda m, q: (PressKeys(("delete",)), IfAsked(DELETE)),
    ),
    (
        r"replace (?:all (?:of )?|everything|the whole |the entire |the |its |all the )*(?:text|contents?|"
        r"document|file|it)?"
        r"(?: (?:of|in) (?:it|the (?:file|document|editor)))? (?:with|by) (.+)",
        lambda m, q: (Empty(), Write(q.plain(m[1]))),
    ),
    (
        r"(?:use .{0,40}? to )?(?:replace|substitute)(?: all| every)?(?: (?:the )?(?:word|text|occurrences? "
        r"of))? (.+?) "
        r"(?:with|by|to|into) (?:the word )?(.+?)(?: (?:everywhere|in the (?:text|document|file)))?",
        _replace,
    ),
)

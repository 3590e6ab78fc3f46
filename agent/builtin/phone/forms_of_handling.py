"""Sentences that find, delete, rename, copy or stop what is on a phone, or speak of what was named before."""

import re

from agent.builtin.grammar import Form, Meaning
from agent.builtin.instructions import ClickOn, IfAsked, Instruction, OpenApplication, OpenItem, Target
from agent.builtin.phone.deeds import (
    AnswerQuestion,
    Enter,
    FromMenu,
    InApp,
    MakeNew,
    Remove,
    RemoveAll,
    Rename,
    Search,
    SendTo,
    Switch,
    SwitchAll,
    Visit,
)
from agent.builtin.phone.forms_of_things import KIND, D, Q, kind_of, named
from agent.builtin.phone.vocabulary import APPS, KINDS
from agent.builtin.phrases import Quotes, fits, without

DELETE = r"(?:delete|remove|erase|clear|trash|wipe|discard|cancel|get rid of|throw away)"
ALL = r"(?:(?:all|every|each|every single|any|both)(?: of)?(?: one of)?(?: the| my| these| existing| saved)*)"
IT = r"(?:it|him|her|them|that|this|this one|that one)"
FILE = r"(?:the |my )?(?:file |document )?(?:called |named )?(?P<file>[\w-]+\.\w{1,5}|[\ue000-\uf8ff])(?: file)?"
PLACED = r"(?: (?:from|in|on|out of|inside) .+)?"
FIND = r"(?:find|look (?:for|up)|search for|open|show(?: me)?|view|go to|see|display)"


def _all(found: re.Match[str], on: bool) -> Meaning:
    kind = kind_of(found["kind"])
    return (InApp(APPS[kind]), SwitchAll(kind, on)) if kind in ("alarm", "event", "task") else None


def _app_page(app: str, quotes: Quotes, *then: Instruction) -> Meaning:
    name = quotes.bare(without(r"^(?:the |my )| (?:app|application)$", app))
    return (Visit("Apps"), Visit(name), *then) if name and len(name.split()) <= 3 else None


def _in_list(found: re.Match[str], quotes: Quotes) -> Meaning:
    kind, name = kind_of(found["kind"]), named(found["name"], quotes)
    return (Visit(name, kind),) if kind in APPS and name and not fits(rf"{IT}|all", name) else None


def _search(found: re.Match[str], quotes: Quotes) -> Meaning:
    where, text = without(rf"^{D}| (?:app|list)$", found["where"]), quotes.bare(found["text"])
    kind = kind_of(where)
    first = InApp(APPS[kind]) if kind in APPS else OpenApplication(where)
    return (first, Search(text)) if text and len(where.split()) <= 2 else None


def _file(found: re.Match[str], quotes: Quotes) -> str:
    """The name of a file; "" for what looks like none."""
    name = quotes.plain(found["file"])
    return name if re.fullmatch(r"[^/]+\.\w{1,5}", name) else ""


def _to_somebody(to: str, text: str, quotes: Quotes) -> Meaning:
    name = named(to, quotes)
    person = (
        name and name.lower() not in KINDS and fits(r"[^\d,]{2,40}|\+?[\d ()-]{3,}", name) and len(name.split()) <= 4
    )
    body = quotes.plain(text.strip()) if quotes.only(text.strip()) else quotes.bare(text)
    return (SendTo(body, name),) if person and body and name[:1].isupper() else None


def _page(name: str, quotes: Quotes) -> Meaning:
    """What is opened by a press on it; where an application is said, that is read first."""
    return (
        None
        if re.search(r" (?:in|on|with|using) (?:the |my )?\w+(?: app)?$", name)
        else (OpenItem(Target(quotes.bare(name))),)
    )


HANDLING: tuple[Form, ...] = (
    (
        rf"{DELETE} {ALL} (?:the |my )?(?P<kind>{KIND})s?",
        lambda m, q: (RemoveAll(k),) if (k := kind_of(m["kind"])) in APPS else None,
    ),
    (rf"{DELETE} (?P<kind>{KIND})s", lambda m, q: (RemoveAll(k),) if (k := kind_of(m["kind"])) in APPS else None),
    (
        rf"(?:turn|switch|set|put)(?: (?P<a>on|off))? {ALL} (?P<kind>{KIND})s?(?: clocks)?(?: (?P<b>on|off))?",
        lambda m, q: _all(m, (m["a"] or m["b"]).lower() == "on") if m["a"] or m["b"] else None,
    ),
    (
        rf"(?P<on>enable|activate|disable|deactivate|silence|mute|stop) {ALL} (?P<kind>{KIND})s?",
        lambda m, q: _all(m, m["on"][:1].lower() in "ea"),
    ),
    (rf"{DELETE} {FILE}{PLACED}", lambda m, q: (Remove("file", name),) if (name := _file(m, q)) else None),
    (
        rf"rename {FILE}{PLACED.replace('.+', '.+?')} (?:to|as|into) (?P<new>.+)",
        lambda m, q: (Rename("file", name, q.plain(m["new"])),) if (name := _file(m, q)) else None,
    ),
    (
        rf"(?:open|show|read|view)(?: me)? {FILE}{PLACED}",
        lambda m, q: (Visit(name, "file"),) if (name := _file(m, q)) else None,
    ),
    (rf"(?!cancel){DELETE} {IT}(?: again)?", lambda m, q: (Remove("", "it"),)),
    (
        rf"{DELETE} (?:the|this|that) (?P<kind>{KIND})(?: again)?",
        lambda m, q: (Remove(k, "it"),) if (k := kind_of(m["kind"])) in APPS else None,
    ),
    (
        rf"(?:call|phone|ring|dial)(?: up)? {IT}(?: up)?",
        lambda m, q: (Visit("it", "contact"), ClickOn(Target("Call", "button"))),
    ),
    (
        rf"(?:send|text|write|message|tell|write to)(?: to)? {IT}(?: a (?:text )?(?:message|text))?(?: saying| "
        rf"that says|:)? ?(?P<text>{Q})",
        lambda m, q: (SendTo(q.plain(m["text"]), "it"),),
    ),
    (
        rf"(?:send|write|say|reply|answer|type|text)(?: back)? (?P<text>{Q})(?: to {IT})?",
        lambda m, q: (SendTo(q.plain(m["text"]), "it"),) if m[0][:4].lower() not in ("type", "writ") else None,
    ),
    (
        rf"(?:duplicate|copy|clone|make a copy of) {D}(?:(?P<kind>{KIND}) (?P<name>.+)|(?P<named>.+) "
        rf"(?P<kinds>{KIND}))",
        lambda m, q: (
            FromMenu(
                kind_of(m["kind"] or m["kinds"]),
                named(m["name"] or m["named"], q),
                ("Duplicate", "Make a copy", "Copy"),
            ),
        ),
    ),
    (
        r"(?:force[- ]?(?:stop|quit|close)|kill)(?: the)? (.+)",
        lambda m, q: _app_page(m[1], q, Enter("Force stop"), IfAsked(("OK", "Force stop"))),
    ),
    (
        r"(?:open|show|go to|see)(?: me)?(?: the)? (?:app(?:lication)? info(?:rmation)?|details|info)(?: page| "
        r"screen)? (?:of|for|about|on) (?:the )?(.+)",
        lambda m, q: _app_page(m[1], q),
    ),
    (
        r"(?:take away|revoke|withdraw|remove|deny|disallow|turn off|take back)(?: the)? (?:permissions?|access|"
        r"rights?)(?: (?:of|from|for|to))?(?: the)? (?P<app>.+?)(?: app)?"
        r"(?: (?:to|for) (?:(?:access|use|read|see) )?(?:my |the )?(?P<what>\w+))?",
        lambda m, q: _app_page(m["app"], q, Switch(m["what"] or "Allow", False)),
    ),
    (
        r"(?:take away|revoke|withdraw|remove|disallow)(?: the)? (?P<app>.+?)(?:'s|’s| app's)? (?:permission|"
        r"access|right) (?:to|for) (?:(?:access|use|read|see) )?(?:my |the )?(?P<what>\w+)",
        lambda m, q: _app_page(m["app"], q, Switch(m["what"], False)),
    ),
    (r"search (?P<where>(?:my |the )?[\w ]+?) for (?P<text>.+)", _search),
    (r"(?:search|look) for (?P<text>.+) in (?P<where>(?:my |the )?[\w ]+)", _search),
    (rf"{FIND} (?P<name>.+?) (?:in|among|from|on) (?:the |my )?(?P<kind>{KIND})s(?: list| app)?", _in_list),
    (
        rf"{FIND} (?P<name>[^,]+?)(?:'s|’s) (?P<kind>contact|conversation|chat|messages?|thread)(?: page| "
        rf"details| entry| card)?",
        _in_list,
    ),
    (
        rf"(?:{FIND}|start|begin|enter) {D}(?:new )?(?P<kind>message|conversation|chat|thread|text)s? (?:with|"
        rf"from|to|of) (?P<name>.+)",
        _in_list,
    ),
    (
        r"(?:save|store|add|keep|put) (?:the |this )?(?:phone )?number (?P<number>\+?[\d][\d ()./-]+?) (?:under|"
        r"as|for|with)(?: the name(?: of)?)? (?P<name>.+)",
        lambda m, q: (MakeNew("contact", (("name", named(m["name"], q)), ("phone", m["number"].strip()))),),
    ),
    (
        r"(?:write|text|message|sms|send|tell)(?: to)? (?P<to>[^:,]+?): ?(?P<text>.+)",
        lambda m, q: _to_somebody(m["to"], m["text"], q),
    ),
    (
        r"(?:tell|write|text|send)(?: to)? (?P<to>(?-i:[A-Z])\w+(?: (?-i:[A-Z])[\w-]+)*) (?P<text>.+?) (?:by|"
        r"via|as|in|with)(?: an?| the)? (?:sms|text(?: message)?|message)",
        lambda m, q: _to_somebody(m["to"], m["text"], q),
    ),
    (
        r"(?:note|memo)(?: to self)?: ?(?P<text>.+)",
        lambda m, q: (MakeNew("note", (("body", q.plain(m["text"]) if q.only(m["text"]) else q.bare(m["text"])),)),),
    ),
    (
        r"(?:follow|open|tap|click|visit|go to|press|find)(?: on)? (?:the )?(?:link|article|page|entry|story|"
        r"website|site|web ?page) (?:to|about|on|of|for|called|named|titled|that says) (?:the )?(.+)",
        lambda m, q: _page(m[1], q),
    ),
    (
        r"(?:open|visit|read|go to|view) (?:the )?(.+?) (?:article|web ?page|story|entry|link)",
        lambda m, q: _page(m[1], q),
    ),
    (r"(?:say|answer|reply|choose|press|tap) (?:no|deny)", lambda m, q: (AnswerQuestion(False),)),
    (r"(?:say|answer|choose|press|tap) (?:yes|allow)", lambda m, q: (AnswerQuestion(True),)),
)

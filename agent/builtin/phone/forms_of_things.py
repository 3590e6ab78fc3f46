"""Sentences about the things that a phone keeps: contacts, notes, alarms, messages."""

import re
from itertools import zip_longest

from agent.builtin.grammar import Form, Meaning
from agent.builtin.phone.deeds import (
    Alter,
    Fields,
    MakeNew,
    Remove,
    SendTo,
)
from agent.builtin.phone.vocabulary import APPS, KINDS
from agent.builtin.phrases import Quotes, fits, without

KIND = "(?:" + "|".join(sorted(KINDS, key=len, reverse=True)) + ")"
D = r"(?:(?:a|an|the|my|this|that|new|another|single|existing) )*"

NAME_MARKS = "named|called|full name|name|by the name of|for"
Q = r"[\ue000-\uf8ff]"
MARKS: dict[str, tuple[tuple[str, str], ...]] = {
    "contact": (
        (r"first name|given name|forename", "First name"),
        (r"last name|surname|family name", "Last name"),
        (r"(?:phone|mobile|telephone|cell)(?: number)?|number|tel", "phone"),
        (r"e-?mail(?: address)?", "email"),
        (NAME_MARKS, "name"),
    ),
    "note": (
        (r"titled?|entitled|called|named|heading|headed|name", "title"),
        (r"says|saying|reads|reading|body|text|contents?|containing|contains|message|note|words", "body"),
    ),
    "alarm": ((r"labell?ed|label|called|named|name|titled?", "label"), (r"for|at|time|to ring at", "time")),
    "event": ((r"titled?|called|named|name", "title"), (r"at|time", "time"), (r"on|date", "date")),
    "task": ((r"titled?|called|named|to|name", "title"),),
    "email": ((r"to", "to"), (r"subject|titled", "subject"), (r"saying|says|text|body", "body")),
}
USUAL = {"contact": "name", "note": "body", "alarm": "time", "event": "title", "task": "title", "email": "body"}
"""The field that a text belongs to when nothing says which."""

BETWEEN = r"(?:(?:and|with|whose|has|having|the|a|an|its|his|her|their|which|that|of|under|in|it|should|please) )*"
AFTER = r"(?: (?:is|are|as|of|to|be|set to|should be))?(?:\s*[:=])?(?=\s|$)\s*"


def kind_of(word: str) -> str:
    return KINDS.get(word.lower(), KINDS.get(word.lower().rstrip("s"), ""))


def named(phrase: str, quotes: Quotes) -> str:
    """A name as it was said, without little words around."""
    phrase = without(
        r"^(?:the )?(?:last |latest |newest )?(?:text )?(?:message|sms|text) (?:from|of) (?=\S)", phrase.strip()
    )
    text = without(
        r"^(?:(?:the|a|an|my|our|to|about|regarding) )+(?:(?:person|contact|number) )?(?:named |called )?",
        phrase.strip(" ,:;.?!"),
    )
    return quotes.bare(text) if quotes.any(text) else text.strip("'’ ")


def fields_of(kind: str, said: str, quotes: Quotes) -> Fields:
    """What to write where: "named Ada with number 123" is a name and a phone; empty when it cannot be told."""
    marks = MARKS.get(kind, ())
    pattern = "|".join(f"(?P<m{n}>{words})" for n, (words, _) in enumerate(marks))
    joint = rf"(?:^|(?<=[\s,;:])){BETWEEN}(?:{pattern}){AFTER}"
    found = list(re.finditer(joint, said, re.IGNORECASE)) if marks else []
    fields: list[tuple[str, str]] = []
    head = said[: found[0].start()] if found else said
    for part in _parted(head):
        fields.append((_by_its_look(kind, part, fields), quotes.plain(part)))
    for mark, following in zip_longest(found, found[1:]):
        value = said[mark.end() : following.start() if following else len(said)]
        name = marks[int((mark.lastgroup or "m0")[1:])][1]
        parts = _parted(value) if kind == "contact" else [_trimmed(value)]
        for number, part in enumerate(part for part in parts if part):
            own = name if not number else _by_its_look(kind, part, fields)
            fields.append((own, _plain(part, quotes)))
    return tuple((name, text) for name, text in fields if text)


def _plain(text: str, quotes: Quotes) -> str:
    return quotes.plain(text) if quotes.only(text) else quotes.bare(text)


def _parted(text: str) -> list[str]:
    text = re.sub(r"(?<=[^\W\d]) \(?(\+?\d[\d\s()-]{3,}?)\)?$", r", \1", text.strip(" .,"))
    return [part for piece in re.split(r",\s*|;\s*|\s+and\s+", text) if (part := _trimmed(piece))]


def _trimmed(text: str) -> str:
    return without(r"^(?:and|with|that|which|:|-) |(?:[ ,;]+(?:and|with|whose))+$", text.strip(" ,;:.")).strip(" ,;:")


def _by_its_look(kind: str, text: str, before: list[tuple[str, str]]) -> str:
    if kind == "contact" and "@" in text:
        return "email"
    if kind == "contact" and re.fullmatch(r"[\d\s()+./-]{3,}", text):
        return "phone"
    if kind == "alarm" and not re.match(r"\d|noon|midnight", text):
        return "label"
    if kind == "note" and before:
        return "body"
    return USUAL.get(kind, "title")


def _make(found: re.Match[str], quotes: Quotes) -> Meaning:
    kind = kind_of(found["kind"])
    said = " ".join(filter(None, (found["said"], found.groupdict().get("more"))))
    if kind == "note":
        said = re.sub(rf"({Q})(?:,|:)?(?: and| with)? ({Q})", r"\1 saying \2", said)
    if kind not in MARKS or (kind == "task" and "alarm" in said):
        return None
    fields = fields_of(kind, said.strip(), quotes)
    return (MakeNew(kind, fields),) if fields else None


def _send(text: str, to: str, quotes: Quotes) -> Meaning:
    name = named(to, quotes)
    text = quotes.plain(text.strip(" :,")) if quotes.only(text.strip(" :,")) else quotes.bare(text.strip(" :,"))
    if (
        not name
        or not text
        or len(name.split()) > 5
        or name.lower() in KINDS
        or fits(r"(?:me|it|him|her|them|us)", name)
    ):
        return None
    return (SendTo(text, name),)


def _remove(found: re.Match[str], quotes: Quotes) -> Meaning:
    kind, name = kind_of(found["kind"]), named(found["name"], quotes)
    return (Remove(kind, name),) if kind in APPS and name else None


def _alter(kind: str, name: str, field: str, value: str, quotes: Quotes, adding: bool = False) -> Meaning:
    who = named(name, quotes)
    text = quotes.plain(value.strip()) if quotes.only(value.strip()) else quotes.bare(value)
    if not who or not text or fits(r"(?:the |my |this )?(?:phone|device|it|new|to-?do)", who):
        return None
    return (Alter(kind, who, ((field, text),), adding),)


FACT = r"((?:phone|mobile|telephone|cell)(?: number)?|number|e-?mail(?: address)?|first name|last name|surname)"
NOTE_PART = r"(title|name|heading|text|body|contents?)"
MESSAGE = rf"{D}(?:text message|text|message|sms|chat message|reply)"
SAYS = r"(?:saying|that says|which says|that reads|reading|with the (?:text|message|words|content)|with|that|text|:|,)"

THINGS: tuple[Form, ...] = (
    (
        r"(?:write|jot|note|put|type|save|add)(?: down)? (?P<text>.+) (?:in|into|to|on|as) (?:a |the "
        r")?(?:new |blank )+note",
        lambda m, q: (MakeNew("note", (("body", q.plain(m["text"])),)),),
    ),
    (
        rf"(?:add|append|write|type) (?P<text>{Q})(?: (?:at|to|on) (?:the )?(?:very )?(?:end|bottom|it|"
        rf"note(?! \w)|text|new line).*)",
        lambda m, q: (Alter("note", "", (("body", q.plain(m["text"])),), adding=True),),
    ),
    (rf"append (?P<text>{Q})", lambda m, q: (Alter("note", "", (("body", q.plain(m["text"])),), adding=True),)),
    (
        rf"(?:send|write|text|compose)(?: {MESSAGE})? to (?P<to>[^:,]+?) ?{SAYS}:? (?P<text>.+)",
        lambda m, q: _send(m["text"], m["to"], q),
    ),
    (
        rf"(?:send|write|text)(?: {MESSAGE})?(?: {SAYS})? (?P<text>.+) to (?P<to>.+?)(?: (?:by|as|in|"
        rf"via|with|through) (?:a )?(?:the )?(?:text )?(?:messages?|sms)(?: app)?)?",
        lambda m, q: _send(m["text"], m["to"], q) if q.any(m["text"]) else None,
    ),
    (
        rf"(?:send|write|text|message) (?P<to>[^:,]+?) (?:{MESSAGE}) ?(?:{SAYS})?:? (?P<text>.+)",
        lambda m, q: _send(m["text"], m["to"], q),
    ),
    (
        rf"(?:text|message|sms|tell|write)(?! me\b) (?P<to>[^:,]+?)(?: {SAYS}|[:,])? (?P<text>{Q})",
        lambda m, q: _send(m["text"], m["to"], q),
    ),
    (rf"(?:text|message|sms) (?P<to>[^:,]+?) ?{SAYS} (?P<text>.+)", lambda m, q: _send(m["text"], m["to"], q)),
    (r"let (?P<to>.+?) know(?: that| :|:)? (?P<text>.+)", lambda m, q: _send(m["text"], m["to"], q)),
    (r"tell (?!me\b)(?P<to>.+?) that (?P<text>.+)", lambda m, q: _send(m["text"], m["to"], q)),
    (
        rf"(?:reply|answer|respond|write back) to (?P<to>[^:,]+?) ?(?:with|{SAYS}):? (?P<text>.+)",
        lambda m, q: _send(m["text"], m["to"], q),
    ),
    (r"(?:reply|answer|respond)(?: with)? (?P<text>.+) to (?P<to>.+)", lambda m, q: _send(m["text"], m["to"], q)),
    (
        rf"(?:add|create|make|save|write|set|put|start|new|enter|insert|schedule|take|store|jot|record)(?: "
        rf"up| down)?(?: me)? {D}(?:new )?"
        rf"(?P<kind>contact|person|note|memo|alarm clock|alarm|event|appointment|task|reminder)(?:[:,]? (?P<said>.+))",
        _make,
    ),
    (
        r"(?:wake me(?: up)?|set (?:a )?wake-?up)(?: alarm)? (?P<said>(?:at|for) .+)",
        lambda m, q: (MakeNew("alarm", fields_of("alarm", m["said"], q)),),
    ),
    (
        r"(?:add|save|put|store) (?P<said>.+?) (?:to|in|into|as) (?:the |my |a )?(?:new )?(?P<kind>contact)s?"
        r"(?: list| app)?(?P<more>(?:,| with| and| under).+)?",
        _make,
    ),
    (
        rf"(?:delete|remove|erase|trash|get rid of|cancel) {D}(?P<kind>{KIND})s? "
        r"(?:named |called |titled |with (?:the (?:title|name|label) )?|from |for |of |at )?(?P<name>.+)",
        _remove,
    ),
    (
        rf"(?:delete|remove|erase|get rid of) (?P<name>.+?)(?: from (?:the |my )?(?P<kind>{KIND})s(?: list| app)?)",
        _remove,
    ),
    (rf"(?:delete|remove|erase|get rid of|cancel) {D}(?P<name>.+?) (?P<kind>{KIND})", _remove),
    (
        rf"(?:change|set|update|edit|correct|replace) {D}{FACT} (?:of|for) (?P<who>.+?) (?:to|as|with|"
        rf"into) (?P<value>.+)",
        lambda m, q: _alter("contact", without(r"^(?:the )?contact ", m["who"]), m[1], m["value"], q),
    ),
    (
        rf"(?:change|set|update|edit|correct) (?P<who>.+?)(?:'s|’s) {FACT} (?:to|as|into) (?P<value>.+)",
        lambda m, q: _alter("contact", m["who"], m[2], m["value"], q),
    ),
    (
        rf"(?:add|give) (?:the )?{FACT} (?P<value>\S+) to (?:the contact )?(?P<who>.+)",
        lambda m, q: _alter("contact", m["who"], m[1], m["value"], q),
    ),
    (
        rf"(?:change|set|update|edit|replace) {D}{NOTE_PART} of {D}note (?:named |called |titled "
        rf")?(?P<who>.+?) (?:to|with|into) (?P<value>.+)",
        lambda m, q: _alter(
            "note", m["who"], "title" if m[1].lower() in ("title", "name", "heading") else "body", m["value"], q
        ),
    ),
    (
        rf"rename {D}note (?P<who>.+?) (?:to|as|into) (?P<value>.+)",
        lambda m, q: _alter("note", m["who"], "title", m["value"], q),
    ),
    (
        rf"(?:change|move|set|edit) {D}(?:alarm (?:at |for |of |from )?(?P<who>.+?)|(?P<whom>.+?) "
        rf"alarm) (?:to|for) (?P<value>\d.*)",
        lambda m, q: _alter("alarm", m["who"] or m["whom"], "time", m["value"], q),
    ),
    (
        rf"(?:add|append|write|put) (?P<value>.+?) (?:to|in|into|on|at the end of|to the end of) "
        rf"{D}(?:note (?:named |called |titled )?(?P<who>.+)|(?P<whom>.+?) note|(?P<list>.+ list))",
        lambda m, q: _alter("note", m["who"] or m["whom"] or m["list"], "body", m["value"], q, adding=True),
    ),
)

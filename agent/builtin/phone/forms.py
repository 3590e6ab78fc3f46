"""Sentences of phone use: switches and settings, keys, permissions, and how one gets about."""

import re

from agent.builtin.grammar import Form, Meaning
from agent.builtin.instructions import ClickOn, DragOnto, OpenApplication, PressKeys, Target, Tell, Write
from agent.builtin.phone.deeds import AnswerQuestion, Enter, InApp, SetTo, Switch, Visit
from agent.builtin.phone.forms_of_things import KIND, THINGS, D, kind_of, named
from agent.builtin.phone.vocabulary import APPS
from agent.builtin.phrases import Quotes, fits, without
from agent.builtin.words import number

ON = ("on", "enabled", "active", "activated")
STATE = r"(on|off|enabled|disabled|active|inactive|activated|deactivated)"
LARGER = {"larger": "large", "bigger": "large", "big": "large", "smaller": "small", "biggest": "largest"}


def _switch(name: str, on: bool, quotes: Quotes) -> Meaning:
    name = without(rf"^{D}|(?: (?:switch|toggle|setting|option|feature))+$", name.strip(" ,"))
    name = quotes.bare(without(r" (?:on|of|for|in) (?:the |my |this )?(?:phone|device|settings(?: app)?)$", name))
    unclear = r"^(?:it|them|that|all|everything)$|\b(?:is|are) (?:on|off)\b| and (?:turn|make|set)\b"
    if not name or len(name.split()) > 7 or re.search(unclear, name, re.IGNORECASE):
        return None
    if fits(r"(?:the )?(?:light|bright|day) (?:theme|mode)", name):
        name, on = "dark theme", not on
    if fits(r"(?:the )?12[- ]?h(?:ou)?rs?(?:[- ]clock)?(?: (?:time )?format| clock| time)?", name):
        name, on = "24-hour format", not on
    first = (InApp(APPS["alarm"]),) if re.search(r"\balarm\b(?! volume)", name, re.IGNORECASE) else ()
    return (*first, Switch(name, on))


def _whether(found: re.Match[str], quotes: Quotes) -> Meaning:
    return (Tell(f"whether {quotes.bare(without(rf'^{D}', found[1]))} is on"),)


def _digits(found: re.Match[str]) -> str:
    amount = number(found[0])
    return f"{amount:g}" if amount is not None else found[0]


def _set(name: str, value: str, quotes: Quotes) -> Meaning:
    value = quotes.plain(without(r"^(?:be |the value |a value of )", value.strip()))
    name = quotes.bare(without(rf"^{D}", name.strip()))
    name = without(r" (?:on|of|for) (?:the |my |this )?(?:phone|device)$", name)
    value = re.sub(r"^[a-z]+(?= (?:minutes?|seconds?|per ?cent|hours?)$)", _digits, value, flags=re.IGNORECASE)
    if fits(STATE, value):
        return _switch(name, value.lower() in ON, quotes)
    if fits(r"(?:phone|device)", name):
        return _switch(value, True, quotes)
    return (SetTo(name, LARGER.get(value.lower(), value)),) if name and value and len(name.split()) <= 6 else None


def _page(name: str, quotes: Quotes) -> Meaning:
    name = quotes.bare(without(rf"^{D}", name))
    return (Visit(name),) if name and not fits(r"(?:app|application|home|phone|device|system|main)", name) else None


def _link(found: re.Match[str], quotes: Quotes) -> Meaning:
    address = quotes.plain(found[1])
    return (OpenApplication(address if "://" in address else f"https://{address}"),)


def _timer(found: re.Match[str], quotes: Quotes) -> Meaning:
    amount, unit = found["n"] or found["m"], (found["unit"] or "minute").rstrip("s")
    name = f"{amount} {unit}{'' if amount == '1' else 's'}"
    return (InApp(APPS["timer"]), Enter("Timer"), Enter(name))


def _of_somebody(who: str, what: str, quotes: Quotes) -> Meaning:
    name = named(who, quotes)
    return (
        (Visit(name, "contact"), Tell(what))
        if name and not fits(r"(?:the|this|my|phone|device|it)\b.*", name)
        else None
    )


def _read(found: re.Match[str], quotes: Quotes) -> Meaning:
    kind = kind_of(found["kind"])
    name = named(found["name"], quotes)
    return (Visit(name, kind), Tell("")) if kind in APPS and name else None


def _visit(found: re.Match[str], quotes: Quotes) -> Meaning:
    kind, name = kind_of(found["kind"]), named(found["name"], quotes)
    return (Visit(name, kind),) if kind in APPS and name and not fits(r"(?:and|or|then)\b.*", name) else None


def _key(*keys: str) -> Meaning:
    return (PressKeys(keys),)


WHEN = (
    r"(?:if|when)(?:ever)? (?:it |you(?:'re| are) |the (?:app|phone|system) )?(?:asks?|asked|prompted|needed)"
    r"(?: for (?:it|(?:the |a )?permission|access))?"
)
ASKED = rf"(?:{WHEN},? )?"
GO = r"(?:go|press|tap|hit|click|push|use|navigate|return|get|swipe)(?: on)?(?: (?:the|to the|to))?"
TURN = r"(?:turn|switch|set|put|make|leave|keep|toggle)"
TELL = r"(?:tell|show|give|read|find|look up|get)(?: me| out)?(?: what)?|what(?:'s| is)"
CONTACT_FACT = r"((?:phone|mobile|telephone|cell)(?: number)?|number|e-?mail(?: address)?)"

GETTING_ABOUT: tuple[Form, ...] = (
    (
        rf"{GO} (?:back|previous)(?: button| key| arrow| screen| one (?:screen|page|step))?(?: again)?",
        lambda m, q: _key("back"),
    ),
    (rf"{GO} (?:home|launcher)(?: screen| button| key)?", lambda m, q: _key("home")),
    (
        r"(?:open|show|go to|press|tap|see|view)(?: the)?(?: list of)? (?:recents?|overview|app switcher|"
        r"recent(?:ly used)? apps?|open apps|running apps)(?: list| screen| button| view)?",
        lambda m, q: _key("recents"),
    ),
    (r"(?:press|push|hit)(?: the)? volume (up|down)(?: button| key)?", lambda m, q: _key(f"volume_{m[1].lower()}")),
    (r"(?:hide|close|dismiss)(?: the)?(?: soft| on-screen)? keyboard", lambda m, q: _key("back")),
    (WHEN, lambda m, q: ()),
    (
        r"(?:open|tap|press|select|choose|click|touch)(?: on)? (?:it|that|this)(?: one)?",
        lambda m, q: (ClickOn(Target("it")),),
    ),
    (
        rf"{ASKED}(?:allow|grant|permit|approve|give)\b(?!.* (?:switch|setting)$)(?P<what>.*?)(?: {WHEN})?",
        lambda m, q: (AnswerQuestion(True),),
    ),
    (
        rf"{ASKED}(?:deny|refuse|decline|reject|don't allow|do not allow|don't let|do not grant|don't grant)\b.*",
        lambda m, q: (AnswerQuestion(False),),
    ),
    (
        r"(?:open|go to|visit|browse to|navigate to|load|show)(?: the)?(?: (?:web ?)?(?:page|site|address|url))? "
        r"(\w+://\S+|(?:[a-z][\w-]*\.)+[a-z]{2,7}(?:/\S*)?)(?: (?:in|with|on) (?:the |a )?(?:web )?browser)?",
        _link,
    ),
    (
        r"(?:call|phone(?! [\d+(])|ring|dial) (?!number\b)(?:up )?(.+)",
        lambda m, q: (Visit(n, "contact"), ClickOn(Target("Call", "button"))) if (n := named(m[1], q)) else None,
    ),
    (
        r"(?:set|start|begin|run|create)(?: up)? (?:a |the )?(?:(?P<n>\d+)[- ](?P<unit>minutes?|seconds?|hours?)[- ])?"
        r"(?:timer|countdown)(?: (?:for|of|to|at) (?P<m>\d+) ?(?:minutes?|mins?|seconds?|hours?))?",
        lambda m, q: _timer(m, q) if m["n"] or m["m"] else None,
    ),
    (
        r"(start|run|begin|pause|stop|reset) (?:the |a )?stopwatch",
        lambda m, q: (
            InApp(APPS["stopwatch"]),
            Enter("Stopwatch"),
            Enter({"run": "Start", "begin": "Start", "stop": "Pause"}.get(m[1].lower(), m[1].capitalize())),
        ),
    ),
    (rf"(?:{TELL}) (.+?)(?:'s|’s) {CONTACT_FACT}(?: is)?\??", lambda m, q: _of_somebody(m[1], m[2], q)),
    (rf"(?:{TELL}) (?:the )?{CONTACT_FACT} (?:of|for) (.+?)(?: is)?\??", lambda m, q: _of_somebody(m[2], m[1], q)),
    (
        rf"(?:read|tell me)(?: me)?(?: what)? {D}(?P<kind>{KIND}) (?:named |called |titled |from |with "
        rf")?(?P<name>.+?)(?: says?| contains?)?",
        _read,
    ),
    (rf"what does {D}(?P<kind>{KIND}) (?:named |called |titled )?(?P<name>.+?) (?:say|contain|read)\??", _read),
    (
        rf"(?:open|show|view|go to|edit) {D}(?P<kind>{KIND}) (?:named |called |titled |with |from |of |"
        rf"for )?(?P<name>.+)",
        _visit,
    ),
    (rf"(?:open|view) {D}(?P<name>(?!new\b).+) (?P<kind>note|contact|conversation|chat|alarm)", _visit),
    (
        r"(?:open|show|go to|visit|view|enter|find|take me to|bring up)(?: me)? (?:the )?(.+?) "
        r"(?:settings?|options)(?: "
        r"page| screen| menu)?",
        lambda m, q: _page(m[1], q),
    ),
    (
        r"(?:open|show|go to|visit|view|enter)(?: me)? (?:the )?(.+?)(?: page| screen| section)? "
        r"(?:in|of|inside) (?:the )?settings(?: app)?",
        lambda m, q: _page(m[1], q),
    ),
)

SWITCHING: tuple[Form, ...] = (
    (r"(?:is|are) (.+?) (?:(?:turned|switched) )?(?:on|off|enabled|disabled)\??", _whether),
    (r"mute (.+)", lambda m, q: _set(m[1], "0%", q)),
    (
        r"(?:swipe|pull|drag)(?: (?:down|the))* (?:from the top(?: of the screen)?|(?:quick settings|"
        r"notification shade|"
        r"notifications|status bar)(?: panel)?)|(?:open|show) (?:the )?(?:quick settings|notification "
        r"shade)(?: panel)?",
        lambda m, q: (DragOnto(Target("(300, 4)"), Target("(300, 900)")),),
    ),
    (
        r"(?:clear|close)(?: all)?(?: (?:of )?(?:the |my )?(?:recent|open|running))? apps",
        lambda m, q: (PressKeys(("recents",)), ClickOn(Target("Clear all"))),
    ),
    (
        r"(?:enter|type|put|use) (.+) as (?:the |my |a )?(.+)",
        lambda m, q: (Write(q.plain(m[1]), Target(q.bare(m[2]), "field")),),
    ),
    (
        rf"(?:make sure|ensure|check|see to it|verify|confirm)(?: that)? (.+?) (?:is|are|gets|stays) "
        rf"(?:turned |switched |set to )?{STATE}",
        lambda m, q: _switch(m[1], m[2].lower() in ON, q),
    ),
    (r"(?:turn|switch|toggle|flip)(?: back)? (on|off) (.+)", lambda m, q: _switch(m[2], m[1].lower() == "on", q)),
    (
        rf"{TURN} (.+?) (?:to )?(?:be )?(?:back |turned |switched )?{STATE}(?: again)?",
        lambda m, q: _switch(m[1], m[2].lower() in ON, q),
    ),
    (r"(?:enable|activate|tick|check)(?! (?:that|if|whether|for)\b) (.+)", lambda m, q: _switch(m[1], True, q)),
    (r"(?:disable|deactivate|untick|uncheck) (.+)", lambda m, q: _switch(m[1], False, q)),
    (r"(?:leave|exit|end|quit|stop) (?:the )?(.+ mode)", lambda m, q: _switch(m[1], False, q)),
    (
        r"(?:put|set|switch|change|turn|bring|move)(?: (?:the|my|this)?(?: ?(?:phone|device|screen|"
        r"display|system|it)))? "
        r"(?:in|into|to|over to|back to) (?:the |a )?(.+ (?:mode|theme|clock|format))",
        lambda m, q: _switch(m[1], True, q),
    ),
    (
        r"(?:use|activate|choose|select) (?:the |a )?(.+ (?:mode|theme|format|clock))(?: for .+)?",
        lambda m, q: _switch(m[1], True, q),
    ),
    (r"(?:go|switch|change) (dark|light)", lambda m, q: _switch(f"{m[1]} theme", True, q)),
    (r"make (?:the )?(?:phone|screen|display) use (?:the )?(.+)", lambda m, q: _switch(m[1], True, q)),
    (
        r"connect to (?:the )?(?:wi-?fi )?(?:network )?(.+?)(?: (?:wi-?fi|network))*",
        lambda m, q: (Visit("Wi-Fi"), Enter(q.plain(m[1]))),
    ),
    (
        r"(?:rename|name|call) (?:the |my |this )?(?:phone|device)(?: to| as)? (.+)",
        lambda m, q: _set("device name", m[1], q),
    ),
    (
        r"make (?:the )?(?:text|font|letters?|font size|text size)(?: size)?(?: to be)? (.+)",
        lambda m, q: _set("font size", m[1], q),
    ),
    (
        r"(?:set|change|adjust|put|move|turn|make|increase|decrease|raise|lower|reduce|slide|bring|"
        r"update)(?: (?:up|down))? "
        r"(.+?)(?: from .+?)?(?: (?:up|down))? (?:to|at|as) (.+)",
        lambda m, q: _set(m[1], m[2], q),
    ),
)

PHONE: tuple[Form, ...] = (*GETTING_ABOUT[:9], *THINGS, *GETTING_ABOUT[9:], *SWITCHING)
"""The first form that fits a sentence wins; what fits none is read as on a desktop."""

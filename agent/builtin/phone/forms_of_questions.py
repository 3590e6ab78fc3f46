"""Questions about what a phone keeps: who, what, when, how much, whether."""

import re
from itertools import zip_longest

from agent.builtin.grammar import Form, Meaning
from agent.builtin.instructions import Tell
from agent.builtin.phone.deeds import InApp, Search, Seek, Visit
from agent.builtin.phone.forms_of_things import D, named
from agent.builtin.phone.vocabulary import ANSWERED_IN, APPS, ASKING_WORDS, ELSEWHERE
from agent.builtin.phrases import Quotes, fits, without
from agent.builtin.words import expression

ABOUT = r"(?:message|text|sms|thing|news|word)s?"
LAST = r"(?:last|latest|newest|most recent)"
WROTE = r"(?:write|wrote|say|said|send|sent|text|texted|want|wanted|reply|replied|answer|answered)"
ASK = r"(?:tell me|find out|let me know|show me|look up|check|i(?:'d| would) like to know|i want to know|do you know)"
QUESTION = (
    r"(?:what(?:'s|'re)?|which|who(?:'s)?|whose|when(?:'s)?|where(?:'s)?|how (?:much|many|long|far|high|old|big|often))"
)
STATE = r"(on|off|enabled|disabled|active|activated|running|ringing)"


HERE = {"screen", "page", "display", "window", "see", "shown", "written", "line", "title", "result"}
"""What is asked of the screen in front."""


def _last_message(who: str, quotes: Quotes) -> Meaning:
    name = named(who, quotes)
    if not name or fits(r"(?:the |this )?(?:note|page|screen|phone|it|list|calculator|alarm|app|file)\b.*", name):
        return None
    return (Visit(name, "message"), Tell(name, "last message"))


def _whose(number: str, quotes: Quotes) -> Meaning:
    wanted = quotes.bare(number).strip(" ?.")
    return (InApp(APPS["contact"]), Search(wanted), Tell(wanted, "title")) if re.search(r"\d{3}", wanted) else None


def _alarm(said: str, quotes: Quotes) -> Meaning:
    name = without(rf"^{D}| alarm$|^alarm (?:for |called |named )?", without(rf"^{D}", said.strip()))
    return (InApp(APPS["alarm"]), Tell(quotes.bare(name), "row")) if name else None


def _whether(name: str, quotes: Quotes) -> Meaning:
    name = quotes.bare(without(rf"^{D}", name))
    if not name or len(name.split()) > 5:
        return None
    first = (InApp(APPS["alarm"]),) if re.search(r"\balarm$", name, re.IGNORECASE) else ()
    return (*first, Tell(without(" alarm$", name) if first else name, "whether"))


NOUNS = ("phone", "device", "screen")
"""Words that belong to a name when one follows: "phone number"."""


def _empty(word: str) -> bool:
    return word.lower().strip(".") in ASKING_WORDS


def asked(sentence: str, quotes: Quotes) -> Meaning:
    """Any other question: its words are looked for where the phone may answer it."""
    text = quotes.bare(sentence).strip(" ?.!")
    found = re.match(rf"(?:{ASK} )?(?:in|on|at|for|to|from|by)? ?(?P<q>{QUESTION})\b", text, re.IGNORECASE)
    if found is None or re.search(r"\b(?:results?|sum|total|line|row)$", text):
        return None
    if expression(without(r"^(?:'s|'re| is| are| does| do)* ", text[found.end() :])):
        return None
    amount = bool(re.match(r"how (?:much|many|long|far|high|old|big)|when", found["q"], re.IGNORECASE))
    words = re.findall(r"[\w:.@+/-]+(?:'s)?", text[found.end() :])
    kept = [
        word
        for word, following in zip_longest(words, words[1:], fillvalue="")
        if word.strip(".-") and (not _empty(word) or (word.lower() in NOUNS and following and not _empty(following)))
    ]
    if not kept or len(kept) > 8 or {word.lower() for word in kept} <= HERE:
        return None
    what = " ".join(kept)
    where = next((apps for marks, apps in ANSWERED_IN if re.search(rf"\b(?:{marks})", text, re.IGNORECASE)), ELSEWHERE)
    return (Seek(what, where, amount), Tell(what, "amount" if amount else "fact"))


def _inside(name: str, quotes: Quotes) -> Meaning:
    """What is in a file, a folder or a note."""
    kind = (
        "file"
        if re.search(r"\.\w{1,5}$", quotes.bare(name)) or fits(r"(?:the |my )?(?:file|folder) .+|.+ folder", name)
        else ""
    )
    kind = kind or ("note" if fits(r".+ (?:note|list|memo)", name) else "")
    bare = quotes.bare(without(rf"^{D}(?:file |folder |note )?| (?:folder|note|file)$", name))
    return (Visit(bare, kind), Tell("")) if kind and bare else None


QUESTIONS: tuple[Form, ...] = (
    (
        r"(?:read|tell|show)(?: me| out| aloud)* (?:the |my )?(.+? (?:list|note|memo))",
        lambda m, q: (Visit(name, "note"), Tell("")) if (name := q.bare(without(" (?:note|memo)$", m[1]))) else None,
    ),
    (
        rf"(?:{ASK} |read )?(?:me )?(?:what(?:'s| is| does| do| are)?|the contents? of)(?: written| in| inside| "
        rf"on| there)* (.+?)"
        r"(?: say| contain| hold| says| contains)?",
        lambda m, q: _inside(m[1], q),
    ),
    (
        r"who(?:se number is| has| owns| uses)?(?: the)?(?: phone)?(?: number)? (\+?\d[\d\s()./-]+)",
        lambda m, q: _whose(m[1], q),
    ),
    (
        r"(?:whose|who(?:'s| is| has| belongs to)?)(?: the)? (?:phone |mobile |telephone )?number(?: is| has| "
        r"does)? (\+?\d[\d\s()./-]+)"
        r"(?: belong to)?",
        lambda m, q: _whose(m[1], q),
    ),
    (
        rf"what (?:did|does|has) (.+?) (?:just |last )?{WROTE}(?: (?:to|me|us|for|you|recently|last))*",
        lambda m, q: _last_message(m[1], q),
    ),
    (
        rf"(?:{ASK}|read|what(?:'s| is| was| were))?(?: me| out| aloud| the| my| to me)* {LAST} {ABOUT}(?: that)"
        rf"? (?:from|of|by) (.+)",
        lambda m, q: _last_message(m[1], q),
    ),
    (
        rf"(?:{ASK}|read|what(?:'s| is| was| were))?(?: me| out| aloud| the| my| to me)* {LAST} {ABOUT}(?: that)"
        rf"? (.+?) {WROTE}(?: (?:to|me|us))*",
        lambda m, q: _last_message(m[1], q),
    ),
    (rf"(?:{ASK} |read )(?:me )?what (.+?) {WROTE}(?: (?:to|me|us))*", lambda m, q: _last_message(m[1], q)),
    (rf"(?:read|tell me|show me)(?: me| out| aloud)* {D}{ABOUT} (?:from|by) (.+)", lambda m, q: _last_message(m[1], q)),
    (
        r"(?:at what time|what time|when|for when)(?: is| does| will| do| did)?(?: i)?(?: set)? (.+? alarm|"
        r"alarm .+?)(?: set| ring| go off| sound| at| for)*",
        lambda m, q: _alarm(m[1], q),
    ),
    (
        rf"(?:{ASK} )?(?:if|whether) (.+?) (?:is|are) (?:(?:turned|switched|currently|still) )*{STATE}",
        lambda m, q: _whether(m[1], q),
    ),
    (
        rf"(?:is|are) (.+?) (?:(?:turned|switched|currently|still|set to) )*{STATE}(?: now| currently)?",
        lambda m, q: _whether(m[1], q),
    ),
    (
        rf"(?:do|does) (?:i|the phone|my phone|it|we) (?:have|use) (.+?) (?:turned |switched )?{STATE}",
        lambda m, q: _whether(m[1], q),
    ),
)

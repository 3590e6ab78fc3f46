"""Sentences that wait, verify or ask for text on the screen."""

import re

from agent.builtin.instructions import Await, Expect, Pause, Tell
from agent.builtin.patterns import Parsed, Pattern
from agent.builtin.phrases import DESCRIPTION, Quotes, fits, target, without
from agent.builtin.words import number, ordinal

VISIBLE = (
    r"(?:is|are|to be|becomes) (?:visible|shown|displayed|there|present|open|on (?:the )?screen)|"
    r"(?:appears?|opens?|exists?|to appear|to open)(?: on (?:the )?screen)?"
)
GONE = (
    r"(?:is|are) (?:not|no longer) (?:visible|shown|displayed|there|present|open|on (?:the )?screen)|"
    r"(?:is|are) gone|(?:disappears?|closes?|to disappear|to close)|does not (?:appear|exist)"
)
VERIFY = r"(?:check|verify|make sure|confirm)(?: that)?"
SHOWN_BY = r"(?:the )?(?:\w+ )?(?:screen|window|display|page|dialog|field)"
SHOWS = r"(?:shows?|says?|contains?|reads?)"
RESULT = r"(?:what )?(?:the )?(?:result|answer|output|display)"
WHOLE = (
    r"(?:everything|(?:all )?(?:the )?(?:text|contents?|window|screen|document))(?: (?:on|in) the (?:window|screen))?"
)
VALUE = r"^(?:the )?(?:value|content|contents|text) (?:of|in) (?:the )?|^the | (?:field|box|label)$"


def _await(phrase: str, quotes: Quotes, appears: bool, seconds: float = 30.0) -> Parsed:
    what = target(phrase, quotes)
    return (Await(what, appears, seconds),) if what else None


def _expect(phrase: str, quotes: Quotes, present: bool = True) -> Parsed:
    phrase = without(r"^there (?:is|are) ", phrase)
    what = target(phrase, quotes)
    return (Expect(what, present),) if what else None


def _pause(found: re.Match[str], _: Quotes) -> Parsed:
    amount, unit = number(found[1]), found[2].lower()
    if amount is None:
        return None
    return (Pause(amount * (60 if unit.startswith("min") else 0.001 if unit.startswith(("ms", "milli")) else 1)),)


def _tell(found: re.Match[str], quotes: Quotes) -> Parsed:
    phrase = without(r"^(?:me )?(?:what is |what's )?| (?:is|says|shows)$", found[1].strip(" ?.!:"))
    if quotes.any(phrase):
        label = re.search(r"[\ue000-\uf8ff]", phrase)
        return (Tell(quotes.plain(label[0])),) if label else None
    if fits(RESULT, phrase):
        return (Tell("result"),)
    if fits(r"(?:the )?title(?: of (?:the )?(?:front )?window)?", phrase):
        return (Tell("title"),)
    if line := fits(r"(?:what )?(?:the )?(\w+ line|line \d+)(?: of .+)?", phrase):
        return (Tell(line[1]),) if ordinal(line[1].split()[0]) or line[1].startswith("line") else None
    if fits(WHOLE, phrase):
        return (Tell(""),)
    if fits(r"(?:how|why|who|when|where|if|whether|that)\b.*", phrase):
        return None
    what = without(VALUE, phrase)
    return (Tell(what),) if what and len(what.split()) <= 5 and not re.search(DESCRIPTION, what) else None


QUERIES: tuple[Pattern, ...] = (
    (r"(?:wait|pause)(?: for)? ([\d.]+|\w+) ?(s|secs?|seconds?|ms|milliseconds?|mins?|minutes?)", _pause),
    (rf"wait (?:until|for) (.+?) (?:{GONE})", lambda m, q: _await(m[1], q, False)),
    (
        rf"wait (?:until|for) (.+?)(?: (?:{VISIBLE}))?(?:,? (?:for )?at most (\d+) ?s(?:ec\w*)?)?",
        lambda m, q: _await(m[1], q, True, float(m[2] or 30)),
    ),
    (rf"{VERIFY} (.+?) (?:{GONE})", lambda m, q: _expect(m[1], q, False)),
    (rf"{VERIFY} (.+?) (?:{VISIBLE})", lambda m, q: _expect(m[1], q)),
    (rf"{VERIFY} {SHOWN_BY} does not (?:show|say|contain) (.+)", lambda m, q: _expect(m[1], q, False)),
    (rf"{VERIFY} {SHOWN_BY} {SHOWS} (.+)", lambda m, q: _expect(m[1], q)),
    (rf"{VERIFY} there (?:is|are) (.+)", lambda m, q: _expect(m[1], q)),
    (r"(?:read|tell me|report|answer with) (.+)", _tell),
    (r"(what(?:'s| is) .+)", _tell),
)

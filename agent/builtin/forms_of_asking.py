"""Sentences that wait, verify or ask."""

import re

from agent.builtin import words
from agent.builtin.grammar import Form, Meaning
from agent.builtin.instructions import Await, Calculate, Expect, Pause, Tell
from agent.builtin.phrases import Quotes, fits, target, without

SEEN = (
    r"(?:is |are |be |has |have |to be |being |gets |becomes )?(?:now )?(?:visible|shown|displayed|there|present|"
    r"on (?:the )?screen|on (?:the )?display|in view|open|opened|up|listed|appears?|appeared|showing|shows up|show up|"
    r"exists?|loaded|come up|comes up|pops up|pop up|opens)(?: (?:on|in|at) (?:the )?(?:screen|window|display))?"
)
GONE = (
    r"(?:disappears?|disappeared|(?:is|are|has|have) (?:gone|disappeared|vanished|closed)|goes away|vanish(?:es)?|"
    r"closes|"
    r"to (?:disappear|close|go away|vanish)|"
    r"(?:is|are) (?:not|no longer) (?:visible|shown|there|present|displayed|on (?:the )?screen|open|listed)|"
    r"isn't (?:visible|shown|there|present|displayed|on (?:the )?screen|open|listed)|"
    r"does(?:n't| not) (?:appear|exist|show(?: up)?))"
)
LITTLE = r"^(?:(?:the|a|an|text|word|words|message|label) )+"
SHOWS = r"(?:shows?|says?|reads?|displays?|contains?|equals?|has|includes?|is|are|to be|now shows?|now says?)"
PLACES = (
    r"(?:result|answer|display|screen|window|page|text|document|title|calculator|output|it|there|total|terminal|"
    r"bar|label|field|message|dialog|status|value|line)"
)


def _await(phrase: str, quotes: Quotes, appears: bool, seconds: float = 30.0) -> Meaning:
    what = target(phrase, quotes)
    return (Await(what, appears, seconds),) if what else None


def _expect(phrase: str, quotes: Quotes, present: bool = True) -> Meaning:
    phrase = re.sub(r"^there (?:is|are) ", "", phrase, flags=re.IGNORECASE)
    what = target(phrase, quotes)
    return (Expect(what, present),) if what else None


def _pause(found: re.Match[str], _: Quotes) -> Meaning:
    amount = words.number(found[1] or "a")
    unit = (found[2] or "seconds").lower()
    if amount is None:
        return None
    return (Pause(amount * (60 if unit.startswith("min") else 0.001 if unit.startswith(("ms", "milli")) else 1)),)


def _sum(found: re.Match[str], _: Quotes) -> Meaning:
    sum_ = words.expression(found[1])
    return (Calculate(sum_), Tell("result")) if sum_ else None


FILLER = re.compile(
    r"\b(?:me|us|back|out|aloud|what's|whats|what|which|the|that|this|those|is|are|was|be|does|do|did|"
    r"value|values|contents?|"
    r"currently|now|then|shown|displayed|written|say|says|show|shows|visible|there|read|reads|display(?:s|"
    r"ing)|with|of|in|on|at|by|"
    r"next|you|see|can|i|we|get|it|for|from|as|your|a|an|to|has|have|stands|appears|and|"
    r"(?:calculator|screen|window|page)(?:'s)?|front|current)\b",
    re.IGNORECASE,
)
RESULT = re.compile(
    r"\b(?:results?|answer|outcome|number|display|sum|product|quotient|figure|output|printed|prints)\b", re.IGNORECASE
)
WHOLE = re.compile(
    r"(?:\W|\b(?:everything|all|texts?|words?|lines?|document|files?|folders?|items?|names?|list|editor|anything|whole|"
    r"entire)\b)*"
)


def _tell(found: re.Match[str], quotes: Quotes) -> Meaning:
    said = (found[1] or "").strip(" ?.!:")
    if re.search(r"\b(?:how|why|who|when|where|time|date|weather|think|mean|best|should)\b", said, re.IGNORECASE):
        return None
    if quotes.any(said):
        label = re.search(r"[\ue000-\uf8ff]", said)
        return (Tell(quotes.plain(label[0])),) if label else None
    kept = re.sub(r"\s+", " ", FILLER.sub(" ", said)).strip(" ,")
    if RESULT.search(found[0]) and not re.sub(r"\s", "", RESULT.sub("", kept)):
        return (Tell("result"),)
    if re.search(r"\bit (?:now )?(?:shows?|says?|displays?|is)\b|\bdoes it (?:show|say)\b", said, re.IGNORECASE):
        return (Tell("result"),)
    if re.search(r"\btitle\b", kept):
        return (Tell("title"),)
    if line := re.search(
        r"\b((?:first|second|third|fourth|fifth|last|\d+(?:st|nd|rd|th)) (?:line|row)|line \d+)\b", said
    ):
        return (Tell(line[1]),)
    if WHOLE.fullmatch(kept):
        return (Tell(""),)
    what = without(r" (?:says?|shows?|is|are|reads?|displays?|contains?|has)$", said)
    what = without(
        r"^(?:(?:me|us|back|what|which|the|that|is|are|value|content|contents|number|text|label|of|in|on|next "
        r"to|for|does|"
        r"do|shown) ?)+(?= ?\S)",
        what,
    )
    what = re.sub(r" (?:field|box|label|value)$", "", re.sub(r"^(?:field|label|box) ", "", what.strip()))
    return (Tell(what.strip()),) if what.strip() and len(what.split()) <= 6 else None


def _sum_of(text: str) -> Meaning:
    sum_ = words.expression(text)
    return (Calculate(sum_),) if sum_ else None


def _tell_of(found: re.Match[str], quotes: Quotes) -> Meaning:
    rest = re.fullmatch(r"(.*)", found[2] or "", re.DOTALL)
    if rest is None or (not found[2] and found[0].lower() not in ("read", "report", "tell me", "answer")):
        return None
    if found[0].lower().startswith(("get", "note", "state", "say", "return")) and not re.match(
        r"(?:me |the |what |back )", found[2] or "", re.IGNORECASE
    ):
        return None
    return _tell(rest, quotes)


CHECK = r"(?:check|verify|make sure|ensure|confirm|assert|see|test|validate)(?: that| if| whether)?"
SUBJECT = rf"(?:the )?(?:\w+ )?(?:\w+ )?{PLACES}"
NEVER = r"(?:does not|doesn't|do not|don't) (?:show|say|contain|read|display|include|have)"

ASKING: tuple[Form, ...] = (
    (
        r"(?:wait|pause|sleep|hold on)(?: for)?(?: about)?(?: (\d[\d.]*|half a|a few|a couple of|\w+))? ?"
        r"(s|secs?|seconds?|ms|milliseconds?|mins?|minutes?|moment|bit|while)",
        _pause,
    ),
    (r"(?:wait|pause)", lambda m, q: (Pause(1.0),)),
    (rf"wait (?:until|till|for) (.+?) {GONE}", lambda m, q: _await(m[1], q, False)),
    (r"wait (?:until|till) (?:you (?:can )?see|there (?:is|are)) (.+)", lambda m, q: _await(m[1], q, True)),
    (
        rf"wait (?:until|till|for) (?:you (?:can )?see )?(.+?)(?: (?:to )?{SEEN})?"
        r"(?: for (?:up to |at most )?(\d+) ?s(?:ec\w*)?)?",
        lambda m, q: _await(m[1], q, True, float(m[2] or 30)),
    ),
    (rf"{CHECK} (.+?) {GONE}", lambda m, q: _expect(m[1], q, False)),
    (rf"{CHECK} (?:you (?:can )?see )?(.+?) {SEEN}", lambda m, q: _expect(m[1], q)),
    (rf"{CHECK} {SUBJECT} {NEVER} (.+)", lambda m, q: _expect(m[1], q, False)),
    (rf"{CHECK} {SUBJECT} {SHOWS} (.+)", lambda m, q: _expect(m[1], q)),
    (
        rf"{CHECK}(?: for)? (?:there (?:is|are) |you (?:can )?see )?(.+)",
        lambda m, q: (
            _expect(m[1], q) if q.only(without(LITTLE, m[1])) and not fits(r"(?:check|see|test) [^ ]+", m[0]) else None
        ),
    ),
    (
        r"(?:calculate|compute|work out|evaluate|figure out|solve)(?: the (?:result|value) of)? (.+)",
        lambda m, q: _sum_of(q.bare(m[1])),
    ),
    (
        r"(?:what(?:'s| is| does)|how much(?: is| are)?|tell me(?: what| how much)?(?: is)?) (.+?)"
        r"(?: equals?| make| give| is)?\??",
        _sum,
    ),
    (r"((?:add|multiply|divide|subtract) .+)", lambda m, q: _sum_of(m[1])),
    (
        r"(?:read|tell|report|answer|return|give|say|output|print out|note|state|show me|let me know|extract|get)"
        r"(?: (?:with|back|aloud|out))?(?: (me|us) ?)?(?: ?(.+))?",
        _tell_of,
    ),
    (r"(?:what(?:'s| is| are| was| does| do| number| text| value| word)|which) (.+)", _tell),
)

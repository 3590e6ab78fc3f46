"""Reads a goal: parts it into sentences, reads each, and says which words it could not read."""

import re
from functools import lru_cache

from agent.builtin import words
from agent.builtin.grammar import VERBS, carried_on, meaning
from agent.builtin.instructions import Choose, ClickOn, FollowMenu, Instruction, PressKeys
from agent.builtin.mending import at_place, mended
from agent.builtin.phone.reading import in_app, more_of, phone_meaning
from agent.builtin.phone.resolving import resolved
from agent.builtin.phrases import MARK, Quotes, fits, unquoted
from agent.policy import NotUnderstood

OTHERWISE = "for goals of other kinds, let a model decide: --model Qwen/Qwen2.5-VL-3B-Instruct, or --endpoint"

ON_A_DESKTOP = (
    '"open Mousepad", "click \'Save\'", "type \'hello\' into Name", "press ctrl+s", '
    '"scroll down until \'X\' is visible", "tell me the result"'
)
ON_A_PHONE = (
    '"turn on Wi-Fi", "set the font size to large", "add a contact named Ada", "text Ada \'hello\'", '
    '"set an alarm for 7:30", "what is the serial number?", "open Settings and tap Display"'
)

COURTESY = re.compile(
    r"(?:please|kindly|now|first(?:ly| of all)?|next|then|finally|lastly|afterwards?|after (?:that|this|"
    r"which)|also|just|"
    r"and|ok(?:ay)?(?=,| )|so(?=,| )|can you|could you|would you|will you|i (?:want|need|would like) (?:you )?to|"
    r"i'd like (?:you )?to|you (?:should|must|need to|have to|can)|(?:your|the) task is to|go ahead and|"
    r"try to|let's|lets|"
    r"hey|hello|hi|once (?:that is|that's|it's|it is) (?:done|open|there|ready)|when (?:that is |that's )?done|"
    r"when (?:it's|it is) (?:open|ready|done)|when you(?:'re| are) done|in the end|at the end|to (?:start|"
    r"begin)(?: with)?|"
    r"in order to do (?:that|so)|simply|quickly|again|"
    r"step \d+:?|goal:|task:|with that done|subsequently|immediately)(?=[\s,:]|$)[\s,:]*",
    re.IGNORECASE,
)
TRAILER = re.compile(
    r"[\s,]+(?:please|for me|thanks|thank you|if you (?:can|please)|now|afterwards|again|as well|too|when done|"
    r"right away|first)$",
    re.IGNORECASE,
)
THANKS = re.compile(
    r"\s*([,.;!\n])\s*(?:many )?(?:thanks|thank you)(?: (?:so|very) much| in advance)?[.!]*$", re.IGNORECASE
)
PARTS = re.compile(
    rf"(:\s+(?={VERBS}\b)|"
    r"\s*\n\s*|\s*;\s*|(?<=[^.][.!?])\s+|(?<=\.\.\.)\s+(?=[A-Z])|(?<!\.)\.$|"
    rf"\s*(?:->|→|=>)\s*(?-i:(?={VERBS}\b))|"
    r"\s*,?\s*(?:and\s+)?(?:then|after that|afterwards|after which|followed by|and finally|and next)\b,?\s*|"
    r"\s*,\s*and\s+|\s*,\s+|\s+and\s+|\s*&\s+)",
    re.IGNORECASE,
)
WEAK = re.compile(r"\s*,\s*and\s+|\s*,\s+|\s+and\s+|\s*&\s+", re.IGNORECASE)
PURPOSE = re.compile(r"(?:^|[\s,]+)(?:so that|so you can|in order to|because|since)\b.*", re.IGNORECASE | re.DOTALL)
NUMBERED = re.compile(r"(?m)^\s*(?:\(?\d{1,2}[.)]|[-*•])\s+|(?<=[.!?;,\n] )\(?\d{1,2}[.)]\s+(?=[A-Za-z])")
PLACE = re.compile(r"(?:in|on|inside|within|using|with|at|into|from|under) (.+)", re.IGNORECASE)
TYPED = re.compile(r"(?:type|write|enter|input|key|add|multiply|subtract|divide)\b", re.IGNORECASE)

PAIRS = re.compile(
    r"\b(find|search|drag|terms|date|time|privacy|help) and "
    r"(replace|drop|conditions|time|date|security|support)\b",
    re.IGNORECASE,
)
"""Labels with an "and" of their own."""

UNSAVED = re.compile(
    r"\bwithout saving(?: (?:it|anything|the file))?,? ((?:close|quit|exit)\b)([^,.;\n]*)", re.IGNORECASE
)

JOINER = "\uffff"
"""Stands for a space at which nothing may be parted."""

MOST_PHRASES = 200


@lru_cache(maxsize=64)
def instructions(goal: str, phone: bool = False) -> tuple[Instruction, ...]:
    """What `goal` asks for, in order; never empty. Raises `NotUnderstood`, naming the words that could not be read."""
    text, quotes = unquoted(goal.strip())
    text = _without_thanks(text)
    text = UNSAVED.sub(r"\1\2 without saving", text)
    text = PAIRS.sub(f"\\1{JOINER}and{JOINER}\\2", NUMBERED.sub("", text))
    pieces = PARTS.split(text)
    phrases, joints = pieces[::2], ["\n", *pieces[1::2]]
    if len(phrases) > MOST_PHRASES:
        raise NotUnderstood(f"the goal has {len(phrases)} phrases, more than the {MOST_PHRASES} that are read at once")
    found = _Reading(phrases, joints, quotes, phone).all()
    if not found:
        raise NotUnderstood(f"the goal {goal.strip()!r} asks for nothing that can be done on a screen; {OTHERWISE}")
    return found


class _Reading:
    """The search for a way to read every phrase: alone, as one more of the same, or together with the next ones."""

    def __init__(self, phrases: list[str], joints: list[str], quotes: Quotes, phone: bool) -> None:
        self.meaning = phone_meaning if phone else meaning
        self.phone = phone
        self.phrases, self.joints, self.quotes = phrases, joints, quotes
        self.furthest = (-1, "")
        self.tried: set[tuple[int, Instruction | None]] = set()

    def all(self) -> tuple[Instruction, ...]:
        result = self._from(0, None, None)
        if result is None:
            words_ = self.quotes.plain(self.furthest[1]).strip()
            raise NotUnderstood(
                f"the embedded policy cannot read {words_!r}; it knows instructions such as "
                f"{ON_A_PHONE if self.phone else ON_A_DESKTOP}; put labels and text to type in quotes, or, {OTHERWISE}"
            )
        return tuple(resolved(result) if self.phone else mended(result))

    def _from(self, at: int, last: Instruction | None, where: str | None) -> list[Instruction] | None:
        if at >= len(self.phrases):
            return [] if where is None else None
        phrase = _plainly(self.phrases[at])
        if not phrase:
            return self._from(at + 1, last, where)
        if (at, last) in self.tried and where is None:
            return None
        if where is None:
            self.tried.add((at, last))
        together = self.phrases[at]
        for end in range(at + 1, len(self.phrases) + 1):
            if end > at + 1:
                joint = self.joints[end - 1]
                announced = together.rstrip().endswith(":")
                if not (WEAK.fullmatch(joint) or announced) or end > at + 6:
                    break
                # What begins like an instruction is none of the text before it: a person puts such text in quotes.
                if re.match(rf"{VERBS}\b", _plainly(self.phrases[end - 1]), re.IGNORECASE) and not announced:
                    break
                together += joint + self.phrases[end - 1]
            sentence = _plainly(together)
            for found in self._meanings(sentence, end == at + 1, last, at, where):
                rest = self._from(end, found[-1] if found else last, None)
                if rest is not None:
                    return [*found, *rest]
            if end == at + 1 and where is None and (inside := PLACE.fullmatch(sentence)):
                rest = self._from(end, last, inside[1])
                if rest is not None:
                    return rest
        if at > self.furthest[0]:
            self.furthest = (at, phrase)
        return None

    def _elsewhere(self, sentence: str) -> tuple[Instruction, ...] | None:
        """ "delete old.txt using the file manager", "use the calculator to find 8 times 7"."""
        use = fits(r"use (?:the |a )?(.+?) (?:app |application )?to (?:find (?:out )?|get |determine )?(.+)", sentence)
        deeds = (
            r"(?:rename|delete|create|make|remove|select|find|drag|copy|compute|calculate|work out|add|multiply|divide)"
        )
        at = use or fits(rf"({deeds} .+?) (?:in|using|with|via|inside) (?:the |a )?(.+)", sentence)
        app, rest = (at[1], at[2]) if at is not None and use else (at[2], at[1]) if at is not None else ("", "")
        if app.lower() not in words.APPS:
            return None
        inner = self.meaning(rest, self.quotes) or self.meaning(f"calculate {rest}", self.quotes)
        return at_place(inner, app, self.quotes) if inner else None

    def _placed(self, found: tuple[Instruction, ...], where: str) -> tuple[Instruction, ...] | None:
        return in_app(found, where, self.quotes) if self.phone else at_place(found, where, self.quotes)

    def _run_on(self, sentence: str) -> tuple[Instruction, ...] | None:
        """ "open mousepad type 'x' press enter": instructions with nothing between them."""
        for gap in re.finditer(rf"\s(?={VERBS}\s)", sentence, re.IGNORECASE):
            first = self.meaning(sentence[: gap.start()], self.quotes)
            rest = sentence[gap.end() :]
            second = self.meaning(rest, self.quotes) or self._run_on(rest) if first else None
            if first and second:
                return (*first, *second)
        return None

    def _meanings(self, sentence: str, single: bool, last: Instruction | None, at: int, where: str | None):  # type: ignore[no-untyped-def]
        more = None
        if single and last is not None and where is None:
            joint = self.joints[at]
            more = carried_on(last, sentence, self.quotes, not WEAK.fullmatch(joint))
            more = more_of(last, sentence, self.quotes) if self.phone and more is None else more
            # "click Edit, then Paste" and "press ctrl+a, then delete" go on with what was begun.
            begun = (isinstance(last, ClickOn | FollowMenu | Choose) and sentence[:1].isupper()) or isinstance(
                last, PressKeys
            )
            if more is not None and begun and not re.search(r"[\n.;!?]", joint) and joint.strip(" ") and at > 0:
                yield more
        found = (None if self.phone else self._elsewhere(sentence)) or self.meaning(sentence, self.quotes)
        if found is None and single:
            found = self._run_on(sentence)
        if found is None and (
            led := re.fullmatch(
                rf"(?:in|on|inside|within|using|with|at|into|from|under) (.+?),? ({VERBS} .+)", sentence, re.I
            )
        ):
            inner = self.meaning(led[2], self.quotes)
            if inner is not None:
                found = at_place(inner, led[1], self.quotes)
        if found is not None:
            placed = self._placed(found, where) if where is not None else found
            if placed is not None:
                yield placed
        if more is not None:
            yield more


def _without_thanks(text: str) -> str:
    """`text` without thanks at its end, unless they may belong to a text to type: "write: Dear Sir, thank you"."""
    thanks = THANKS.search(text)
    if thanks is None:
        return text
    before = text[: thanks.start()]
    clause = _plainly(re.split(r"[.;\n]|, ", before)[-1])
    return text if thanks[1] == "," and TYPED.match(clause) else before


def _plainly(phrase: str) -> str:
    """`phrase` without courtesy, reasons, and a full stop; unquoted text to type keeps all but a last "please"."""
    phrase = re.sub(rf"[\s{JOINER}]+", " ", phrase).strip(" \t\r\n,;:")
    phrase = re.sub(r"(?<=[^.])\.$|^\.$", "", phrase)
    while found := COURTESY.match(phrase):
        phrase = phrase[found.end() :]
    if TYPED.match(phrase) and not any(ord(character) >= MARK for character in phrase):
        return re.sub(r"[\s,]+please$", "", phrase, flags=re.IGNORECASE)
    phrase = PURPOSE.sub("", phrase.rstrip("?! "))
    while found := TRAILER.search(phrase):
        phrase = phrase[: found.start()]
    return phrase.strip()

"""Parses a goal: splits it into sentences, parses each, and names the words that are not understood."""

import re
from functools import lru_cache

from agent.builtin.instructions import Instruction
from agent.builtin.patterns import VERBS, Parsed
from agent.builtin.phone.patterns import parse_on_phone
from agent.builtin.phrases import Quotes, extract_quotes, fits
from agent.builtin.sentence_parser import parse_continuation, parse_sentence
from agent.policy import NotUnderstood

MODEL = "for goals of other kinds, let a model decide: --model Qwen/Qwen2.5-VL-3B-Instruct, or --endpoint"
DESKTOP_EXAMPLES = (
    '"open the text editor", "click \'Save\'", "type \'hello\' into Name", "press ctrl+s", '
    '"scroll down until \'X\' is visible", "tell me the result"'
)
PHONE_EXAMPLES = (
    '"turn on Wi-Fi", "set the font size to large", "open Settings and tap Display", '
    "\"type 'Ada' into 'First name'\", \"scroll down until 'About phone' is visible\", \"read 'Serial number'\""
)

ORDER = re.compile(
    r"(?:please|first|then|next|finally|lastly|now|and|after that|afterwards)(?=[\s,:]|$)[\s,:]*", re.IGNORECASE
)
"""Words before an instruction that only say when it comes."""

JOINTS = re.compile(
    rf"(:\s+(?={VERBS}\b)|\s*\n\s*|\s*;\s*|(?<=[^.][.!?])\s+|(?<=\.\.\.)\s+(?=[A-Z])|(?<!\.)\.$|"
    r"\s*,?\s*(?:and\s+)?\b(?:then|after that|afterwards)\b,?\s*|\s*,\s*and\s+|\s*,\s+|\s+and\s+)",
    re.IGNORECASE,
)
"""Where a goal may be split into phrases."""

WEAK = re.compile(r"\s*,\s*and\s+|\s*,\s+|\s+and\s+", re.IGNORECASE)
"""Joints that may as well lie inside a phrase: a text to type, a label."""

NUMBERED = re.compile(r"(?m)^\s*(?:\(?\d{1,2}[.)]|[-*•])\s+|(?<=[.!?;,\n] )\(?\d{1,2}[.)]\s+(?=[A-Za-z])")
OPENER = re.compile(r"(?:in|on|inside|under|from) .+|if asked", re.IGNORECASE)
"""The beginning of a sentence that still lacks its verb: "in the File menu, ..."."""

MOST_PHRASES = 200
MOST_JOINED = 6


@lru_cache(maxsize=64)
def instructions(goal: str, phone: bool = False) -> tuple[Instruction, ...]:
    """What `goal` asks for, in order; never empty. Raises `NotUnderstood`, naming the words that are not understood."""
    text, quotes = extract_quotes(goal.strip())
    pieces = JOINTS.split(NUMBERED.sub("", text))
    phrases, joints = pieces[::2], ["\n", *pieces[1::2]]
    if len(phrases) > MOST_PHRASES:
        raise NotUnderstood(f"the goal has {len(phrases)} phrases, more than the {MOST_PHRASES} that are read at once")
    found = _Search(phrases, joints, quotes, phone).result()
    if not found:
        raise NotUnderstood(f"the goal {goal.strip()!r} asks for nothing that can be done on a screen; {MODEL}")
    return found


class _Search:
    """Backtracking over how phrases form sentences: each alone, as a continuation, or joined with the next ones."""

    def __init__(self, phrases: list[str], joints: list[str], quotes: Quotes, phone: bool) -> None:
        self.phrases, self.joints, self.quotes, self.phone = phrases, joints, quotes, phone
        self.furthest = (-1, "")
        self.tried: set[tuple[int, Instruction | None]] = set()

    def result(self) -> tuple[Instruction, ...]:
        found = self._from(0, None)
        if found is None:
            words = self.quotes.plain(self.furthest[1]).strip()
            raise NotUnderstood(
                f"the embedded policy cannot read {words!r}; it knows instructions such as "
                f"{PHONE_EXAMPLES if self.phone else DESKTOP_EXAMPLES}; put labels and text to type in quotes, or, "
                f"{MODEL}"
            )
        return tuple(found)

    def _from(self, at: int, last: Instruction | None) -> list[Instruction] | None:
        """The instructions of the phrases from number `at` on; None when they cannot be understood."""
        if at >= len(self.phrases):
            return []
        phrase = _stripped(self.phrases[at])
        if not phrase:
            return self._from(at + 1, last)
        if (at, last) in self.tried:
            return None
        self.tried.add((at, last))
        joined = self.phrases[at]
        for end in range(at + 1, min(len(self.phrases), at + MOST_JOINED) + 1):
            if end > at + 1:
                if not self._may_join(joined, end - 1):
                    break
                joined += self.joints[end - 1] + self.phrases[end - 1]
            for found in self._readings(_stripped(joined), last if end == at + 1 else None, self.joints[at]):
                rest = self._from(end, found[-1] if found else last)
                if rest is not None:
                    return [*found, *rest]
        if at > self.furthest[0]:
            self.furthest = (at, phrase)
        return None

    def _may_join(self, joined: str, index: int) -> bool:
        """Whether phrase `index` may belong to the sentence `joined` before it."""
        if joined.rstrip().endswith(":"):
            return True
        # What begins like an instruction is not part of a text before it; such a text has to be quoted.
        begins = re.match(rf"{VERBS}\b", _stripped(self.phrases[index]), re.IGNORECASE)
        return bool(WEAK.fullmatch(self.joints[index])) and (not begins or bool(OPENER.fullmatch(_stripped(joined))))

    def _readings(self, sentence: str, last: Instruction | None, joint: str) -> list[tuple[Instruction, ...]]:
        """The ways to understand a sentence, best first; a word in capitals is a label: "click Edit, then Paste"."""
        one_sentence = joint.strip(" ") and not re.search(r"[\n.;!?]", joint)
        more = parse_continuation(last, sentence, self.quotes) if last is not None and one_sentence else None
        found: Parsed = parse_on_phone(sentence, self.quotes) if self.phone else parse_sentence(sentence, self.quotes)
        both = (more, found) if sentence[:1].isupper() and " " not in sentence else (found, more)
        return [reading for reading in both if reading is not None]


def _stripped(phrase: str) -> str:
    """`phrase` without words of order before it and a full stop after it."""
    phrase = re.sub(r"\s+", " ", phrase).strip(" \t\r\n,;:")
    phrase = re.sub(r"(?<=[^.])\.$|^\.$", "", phrase)
    while found := ORDER.match(phrase):
        phrase = phrase[found.end() :]
    return re.sub(r",? please$", "", phrase, flags=re.IGNORECASE).strip() if not fits("please", phrase) else ""

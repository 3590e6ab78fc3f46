"""Parses a goal: splits it into sentences, parses each, and names the words that are not understood."""

import re
from functools import lru_cache

from agent.builtin.instructions import Instruction
from agent.builtin.patterns import VERBS
from agent.builtin.phrases import fits
from agent.builtin.quotes import Quotes, extract_quotes
from agent.builtin.sentence_parser import parse_parts, parse_sentence, takes_key, takes_label
from agent.policy import NotUnderstood

MODEL = "for goals of other kinds, let a model decide: --model Qwen/Qwen2.5-VL-3B-Instruct, or --endpoint"
EXAMPLES = '"open the text editor", "click \'Save\'", "type \'hello\' into Name", "turn on Wi-Fi"'

ORDER = re.compile(
    r"(?:please|first|then|next|finally|lastly|now|and|after that|afterwards)(?=[\s,:]|$)[\s,:]*", re.IGNORECASE
)
"""Words before an instruction that only say when it comes."""

JOINTS = re.compile(
    rf"(:\s+(?={VERBS}\b)|\s*\n\s*|\s*;\s*|(?<=[^.][.!?])\s+|(?<=\.\.\.)\s+(?-i:(?=[A-Z]))|(?<![.\s])\.$|"
    r"\s*,?\s*(?:and\s+)?\b(?:then|after that|afterwards)\b,?\s*|\s*,\s*and\s+|\s*,\s+|\s+and\s+)",
    re.IGNORECASE,
)
"""Where a goal may be split into parts."""

HARD = re.compile(r"[\n.;!?:]|^\s*$")
"""A joint after which a new sentence begins."""

NUMBERED = re.compile(r"(?m)^\s*(?:\(?\d{1,2}[.)]|[-*•])\s+|(?<=[.!?;\n] )\(?\d{1,2}[.)]\s+(?=[A-Za-z])")
OPENER = re.compile(
    r"(?:in|on|inside|under|from|next to|beside|below|above) .+|(?:if|when) (?:it |the app |you are )?ask(?:ed|s).*",
    re.IGNORECASE,
)
"""The beginning of a sentence that still lacks its verb: "in the File menu, ..."."""

CONDITION = re.compile(
    r"\b(?:but|except|unless|otherwise|instead|whenever|if(?! (?:it |the app |you are )?ask(?:ed|s)))\b", re.IGNORECASE
)
"""Words that limit what is asked for; what comes before them must not be done as if they were not there."""

MOST_PARTS, MOST_CHARACTERS = 200, 8000


@lru_cache(maxsize=64)
def instructions(goal: str, phone: bool = False) -> tuple[Instruction, ...]:
    """What `goal` asks for, in order; never empty. Raises `NotUnderstood`, naming the words that are not understood."""
    text, quotes = extract_quotes(goal.strip())
    text = re.sub(r"\(\s*(\d+)\s*,\s*(\d+)\s*\)", r"(\1,\2)", NUMBERED.sub("", text))
    pieces = JOINTS.split(text)
    if len(pieces) > 2 * MOST_PARTS or len(text) > MOST_CHARACTERS:
        raise NotUnderstood(
            f"the goal has {len(pieces) // 2 + 1} phrases and {len(text)} characters outside quotes; "
            f"{MOST_PARTS} phrases and {MOST_CHARACTERS} characters are read at once"
        )
    sentences = _sentences(pieces[::2], ["\n", *pieces[1::2]], quotes, phone)
    if found := tuple(each for parts, joints in sentences for each in _parsed(parts, joints, quotes, phone)):
        return found
    raise NotUnderstood(f"the goal {goal.strip()!r} asks for nothing that can be done on a screen; {MODEL}")


def _sentences(pieces: list[str], joints: list[str], quotes: Quotes, phone: bool) -> list[tuple[list[str], list[str]]]:
    """The sentences, each as its parts and the joints between them. Every part is read once alone: linear work."""
    sentences: list[tuple[list[str], list[str]]] = []
    opened = False
    for joint, piece in zip(joints, pieces, strict=True):
        part = _stripped(piece)
        if not part:
            continue
        parts, between = sentences[-1] if sentences else ([], [])
        if opened and parts:
            parts[-1] += f" {part}" if HARD.search(joint) else joint + part
        elif not parts or HARD.search(joint) or _begins(part, joint, parts, quotes, phone):
            sentences.append(([part], []))
        else:
            parts.append(part)
            between.append(joint)
        last = sentences[-1][0]
        opener = len(last) == 1 and OPENER.fullmatch(last[0])
        verbless = opener and not re.search(rf"\s{VERBS}\b", last[0], re.IGNORECASE)
        opened = bool(verbless) or piece.rstrip().endswith(":")
    return sentences


def _begins(part: str, joint: str, parts: list[str], quotes: Quotes, phone: bool) -> bool:
    """Whether `part` is an instruction of its own, and not more of the list or the label before it.

    Raises `NotUnderstood` for "click save and close": one label, or two instructions.
    """
    if not re.match(rf"{VERBS}(?!\w)", part, re.IGNORECASE):
        return False
    complete = parse_sentence(part, quotes, phone) is not None
    if not complete and takes_key(parts[0], part, quotes):
        return False
    capital = all(word[:1].isupper() or not word[:1].isalpha() for word in part.split())
    if (complete and " " in part) or not takes_label(", ".join(parts), quotes, phone):
        return complete or " " in part or not takes_label(parts[0], quotes, phone)
    if not complete or capital:
        return not capital and " " in part
    if joint.strip() == "and":
        label = f"{parts[-1]} and {part}"
        raise NotUnderstood(f"{label!r} may be one label or two instructions: put labels in quotes, or write 'then'")
    return True


def _parsed(parts: list[str], between: list[str], quotes: Quotes, phone: bool) -> tuple[Instruction, ...]:
    """What one sentence asks for. Raises `NotUnderstood`, naming the first of its parts that cannot be read."""
    limited = any(CONDITION.search(part) for part in parts)
    if not limited and (found := parse_parts(parts, between, quotes, phone)) is not None:
        return found
    first = parse_sentence(parts[0], quotes, phone) is not None
    words = parts[1] if first and len(parts) > 1 and not limited else ", ".join(parts)
    words = quotes.plain(words if len(words) <= 200 else f"{words[:200]}...").strip()
    raise NotUnderstood(
        f"the embedded policy cannot read {words!r}; it follows instructions such as {EXAMPLES}; put labels and "
        f"texts in quotes, or, {MODEL}"
    )


def _stripped(phrase: str) -> str:
    """`phrase` without words of order before it and a full stop after it."""
    phrase = re.sub(r"^[\s,;:]+|(?<=[^\s,;:])[,;:]*\s*$", "", re.sub(r"\s+", " ", phrase))
    phrase = re.sub(r"(?<=[^.\s])\.$", "", phrase)
    while found := ORDER.match(phrase):
        phrase = phrase[found.end() :]
    return re.sub(r",? please$", "", phrase, flags=re.IGNORECASE).strip() if not fits("please", phrase) else ""

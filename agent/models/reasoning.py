"""Splits a reply into what the model thought and what it answered: nothing within a thought is an answer."""

import json
import re

# Templates differ in the name of the tag: <think>, <thinking>, <gui_think>, <seed:think>, Kimi's ◁think▷, [THINK].
_NAME = r"(?:\w{1,20}[_:])?(?:think(?:ing)?|tink|thought|reasoning)(?:_\w{1,60})?"
_MARK = re.compile(
    rf"<(?P<end>/)?{_NAME}>|◁(?P<kimi_end>/)?{_NAME}▷|\[(?P<bracket_end>/)?THINK\]",
    re.IGNORECASE,
)
_END = re.compile(r"(?:<\|(?:im_end|endoftext|eot_id|end|return)\|>|</s>|<end_of_turn>)\Z")
_LONGEST_END = 20  # characters of such a mark
_ANSWER = re.compile(r"\s*<answer>(.*?)(?:</answer>\s*)?\Z", re.IGNORECASE | re.DOTALL)
_LAST_CALL = re.compile(r"<tool_call>(?:(?!<tool_call>).)*</tool_call>\Z", re.DOTALL)
_LAST_ANSWER = re.compile(r"<answer>(?:(?!<answer>).)*</answer>\Z", re.DOTALL)
_LAST_LINE = re.compile(r"^[ \t]*(?:Action[ \t]*[:：][ \t]*)?[a-z_.]{3,40}\([^\n]*\)\Z", re.MULTILINE)
_OPENING = re.compile(r"[{\[]")
_INSIDE = re.compile(r"""(?:["']\s{0,9}:|[,\[{(])\s{0,40}\Z""")
_MOST_OPENINGS = 200  # from the end of a thought, that are tried for a JSON value that ends it


def split_reasoning(text: str) -> tuple[str, str]:
    """(thought, answer) of a reply.

    A closing tag without an opening one makes a thought of all before it: the template had opened it. A thought that is
    never closed goes on to the end.
    """
    pieces: list[tuple[bool, str]] = []
    inside, at = False, 0
    for mark in _MARK.finditer(text):
        pieces.append((inside, text[at : mark.start()]))
        at = mark.end()
        ends = any(mark.groups())
        if ends and not inside:
            pieces = [(True, piece) for _, piece in pieces]
        inside = not ends
    pieces.append((inside, text[at:]))
    thought = "\n".join(part for is_thought, piece in pieces if is_thought and (part := piece.strip()))
    return thought, "".join(piece for is_thought, piece in pieces if not is_thought)


def plain_answer(text: str) -> str:
    """The answer in a reply in words or JSON: without the thought, the tags around it, and the marks of its end."""
    answer = _without_end(split_reasoning(text)[1])
    wrapped = _ANSWER.fullmatch(answer)
    return (wrapped[1] if wrapped else answer).strip()


def answer_in(thought: str) -> str:
    """The whole answer that a server left in the field for thoughts; "" where there is none.

    It is what follows a closing tag, or else the call or the JSON value that the text ends with: of what stands before
    that, nobody can tell whether it was meant or weighed and dropped.
    """
    reasoning, answer = split_reasoning(thought)
    if reasoning and answer.strip():
        return answer.strip()
    text = _without_end(thought)
    for last in (_LAST_CALL, _LAST_ANSWER, _LAST_LINE):
        if found := last.search(text):
            return found[0].strip()
    bare = text.removesuffix("```").rstrip()
    for opening in [match.start() for match in _OPENING.finditer(bare)][-_MOST_OPENINGS:]:
        if _INSIDE.search(bare, max(0, opening - 60), opening):
            continue  # a part of something larger, which does not end
        try:
            _, end = json.JSONDecoder().raw_decode(bare, opening)
        except (ValueError, RecursionError):
            continue
        if end == len(bare):
            return bare[opening:]
    return ""


def _without_end(text: str) -> str:
    """`text` without white space and the marks of a turn's end behind it."""
    text = text.rstrip()
    while mark := _END.search(text, max(0, len(text) - _LONGEST_END)):
        text = text[: mark.start()].rstrip()
    return text

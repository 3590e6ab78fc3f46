"""Whether a reply is over: as the server says, or where it says nothing, by the call in it."""

import json
import re

from agent.dialects.function_calls import labelled_call
from agent.models.chat import Reply
from agent.models.reasoning import plain_answer

_OPENING = re.compile(r"[{\[]")
_DECODER = json.JSONDecoder(strict=False)


def is_over(reply: Reply) -> bool:
    """Whether `reply` may be acted on. One without a finish reason may when it holds a call with its own end."""
    return is_whole(reply.text) if reply.finished is None else reply.finished


def is_whole(text: str) -> bool:
    """Whether `text` ends in a call or JSON that needs no mending at its end, so that nothing of it can be missing."""
    answer = plain_answer(text)
    if "<tool_call>" in answer:
        return answer.count("<tool_call>") <= answer.count("</tool_call>")
    if answer.endswith((")", "）")):
        try:
            labelled_call(answer)
        except ValueError:
            return False
        return answer.count("(") == answer.count(")")
    opening = _OPENING.search(answer)
    if opening is None:
        return False
    try:
        _DECODER.raw_decode(answer, opening.start())
    except (ValueError, RecursionError):
        return False
    return True

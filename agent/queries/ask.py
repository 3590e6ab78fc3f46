"""Questions about what is shown, answered in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.dialects.escape import escaped
from agent.episode import Usage
from agent.models.chat import ChatModel, Grammar, Message, Reply
from agent.queries.media import CannotSee, Exhibit, NotAnswered
from agent.queries.showing import Show


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model said, and what it cost."""

    text: str
    usage: Usage


def ask(model: ChatModel, show: Show, question: str, exhibits: Sequence[Exhibit], *, reply_tokens: int = 512) -> Answer:
    """What `model` answers to `question` about `exhibits`, pictures first, as the families were trained.

    Raises `NotAnswered` for a reply that is cut off or empty, `CannotSee`, `ModelFailed`.
    """
    if not exhibits:
        raise CannotSee("there is nothing to look at: give a file, a recording or --device")
    asked = Message("user", (*show.parts(exhibits), escaped(question)))
    reply = completed(model, (asked,), None, reply_tokens)
    if not reply.text.strip():
        raise NotAnswered("the model answered with nothing")
    return Answer(reply.text.strip(), reply.usage)


def completed(model: ChatModel, messages: Sequence[Message], grammar: Grammar | None, reply_tokens: int) -> Reply:
    """The whole reply. Raises `NotAnswered` for one that was cut off: half an answer is none."""
    reply = model.complete(messages, grammar=grammar, max_tokens=reply_tokens)
    if not reply.finished:
        raise NotAnswered(
            f"the reply was cut off after {reply.usage.completion} tokens, so nothing of it is used; "
            f"allow more than --reply-tokens {reply_tokens}"
        )
    return reply

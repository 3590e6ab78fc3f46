"""Questions about media, answered in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.dialects.escape import escaped
from agent.episode import Usage
from agent.models.chat import ChatModel, Grammar, Message, Reply
from agent.queries.media import BadMedia, Media, NotAnswered
from agent.queries.media_encoder import MediaEncoder


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """The model's answer in words, and the tokens it took."""

    text: str
    usage: Usage


def ask(
    model: ChatModel, encoder: MediaEncoder, question: str, media: Sequence[Media], *, reply_tokens: int = 512
) -> TextAnswer:
    """What `model` answers to `question` about `media`, pictures first, as the families were trained.

    Raises `NotAnswered` for a reply that is cut off or empty, `BadMedia`, `ModelFailed`.
    """
    if not media:
        raise BadMedia("there is nothing to look at: give a file, a recording or --device")
    message = Message("user", (*encoder.parts(media), escaped(question)))
    reply = complete_reply(model, (message,), None, reply_tokens)
    if not reply.text.strip():
        raise NotAnswered("the model answered with nothing")
    return TextAnswer(reply.text.strip(), reply.usage)


def complete_reply(model: ChatModel, messages: Sequence[Message], grammar: Grammar | None, reply_tokens: int) -> Reply:
    """The whole reply. Raises `NotAnswered` for one that was cut off: half an answer is none."""
    reply = model.complete(messages, grammar=grammar, max_tokens=reply_tokens)
    if not reply.finished:
        raise NotAnswered(
            f"the reply was cut off after {reply.usage.completion} tokens, so nothing of it is used; "
            f"allow more than --reply-tokens {reply_tokens}"
        )
    return reply

"""Questions about media, answered in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.dialects.escape import escaped
from agent.dialects.whole_reply import is_over
from agent.episode import Usage
from agent.models.chat import ChatModel, Grammar, Message, Reply
from agent.models.reasoning import plain_answer
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
    if not reply.text:
        raise NotAnswered("the model answered with nothing")
    return TextAnswer(reply.text, reply.usage)


def complete_reply(model: ChatModel, messages: Sequence[Message], grammar: Grammar | None, reply_tokens: int) -> Reply:
    """The whole reply, its text the answer without any thought.

    Raises `NotAnswered` for one that was cut off: half an answer is none. A server that does not say how a reply ended
    has not cut it off where it counted fewer tokens than it was allowed.
    """
    reply = model.complete(messages, grammar=grammar, max_tokens=reply_tokens)
    counted = reply.finished is None and 0 < reply.usage.completion < reply_tokens
    if not (counted or is_over(reply)):
        raise NotAnswered(
            f"the reply was cut off after {reply.usage.completion} tokens, so nothing of it is used; "
            f"allow more than --reply-tokens {reply_tokens}"
        )
    answer = plain_answer(reply.text)
    if not answer and (reply.thought or reply.text.strip()):
        raise NotAnswered("the model only thought, and gave no answer")
    return replace(reply, text=answer)

"""The smallest chat model, with answers written in advance. For tests, demonstrations and playback."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.episode import Usage
from agent.models.chat import Grammar, Message, Reply


@dataclass(frozen=True, slots=True)
class Canned:
    """Replies with `answer(messages)`, and counts every word as a token."""

    answer: Callable[[Sequence[Message]], str]
    name: str = "canned"

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        text = self.answer(messages)
        words = sum(len(part.split()) for message in messages for part in message.parts if isinstance(part, str))
        return Reply(text, finished=len(text.split()) <= max_tokens, usage=Usage(words, len(text.split())))

    def close(self) -> None:
        pass

"""The smallest chat model: it says what it was given to say. For tests, demonstrations and playing back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.episode import Usage
from agent.models.chat import Grammar, Message, Reply


@dataclass(frozen=True, slots=True)
class Canned:
    """Answers with whatever `answer` makes of the messages, and counts a token a word."""

    answer: Callable[[Sequence[Message]], str]
    name: str = "canned"

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        text = self.answer(messages)
        said = sum(len(part.split()) for message in messages for part in message.parts if isinstance(part, str))
        return Reply(text, finished=len(text.split()) <= max_tokens, usage=Usage(said, len(text.split())))

    def close(self) -> None:
        pass

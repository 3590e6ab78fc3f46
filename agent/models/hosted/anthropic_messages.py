"""Claude behind Anthropic's Messages API, with the computer toolset where a grammar asks for its calls."""

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Any

from agent.episode import Usage
from agent.models.chat import EndpointRefused, Grammar, Message, Picture, Reply
from agent.models.endpoint.api_key import ApiKey
from agent.models.endpoint.client import CallLimits
from agent.models.hosted.session import Session, content_of, count, objects, with_pictures
from devices import Stop

ADDRESS = "https://api.anthropic.com"
VARIABLE = "ANTHROPIC_API_KEY"
REFUSAL = {"type": "refusal"}  # a block of our own: the API says it in `stop_reason`, beside the blocks

_WHOLE = ("end_turn", "tool_use", "stop_sequence", "refusal")


class AnthropicMessages:
    """A `ChatModel`: the model that Anthropic knows as `model`.

    The conversation so far is marked for the API's cache: as long as it only grows, it is read at a tenth of the price.
    """

    def __init__(
        self,
        model: str,
        key: ApiKey,
        *,
        address: str = ADDRESS,
        limits: CallLimits | None = None,
        stop: Stop | None = None,
        say: Callable[[str], None] = lambda words: None,
    ) -> None:
        """Raises `ModelFailed` where the SDK is not installed."""
        self.name = f"{model} at {address}"
        self._model = model
        self._session = Session("anthropic", self.name, key, VARIABLE, limits or CallLimits(), stop or Stop(), say)
        self._client = self._session.sdk.Anthropic(
            api_key=key.shown_to_server(), base_url=address, max_retries=0, http_client=self._session.http_client()
        )

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        """The reply: with the tools of `grammar` the JSON list of its content blocks, else its text.

        Raises `EndpointDown`, `EndpointRefused`, or `Stopped`.
        """
        tools = grammar.tools if grammar else ()
        body: dict[str, Any] = {
            "model": self._model,
            "max_tokens": max_tokens,
            "messages": [_turn(message) for message in messages if message.role != "system"],
            "cache_control": {"type": "ephemeral"},
        }
        if system := "".join(str(part) for each in messages if each.role == "system" for part in each.parts):
            body["system"] = system
        if tools:
            body["tools"] = list(tools)
        found = self._session.ask(self._client.messages.with_raw_response.create, body)
        blocks = objects(found.get("content"))
        if blocks is None:
            raise EndpointRefused(f"{self.name} answered with what is no message: it has no list of content blocks")
        stop_reason, usage = found.get("stop_reason"), found.get("usage")
        if stop_reason == "refusal":
            blocks.append(REFUSAL)
        text = json.dumps(blocks) if tools else _words(blocks)
        prompt = count(usage, "input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
        return Reply(text, stop_reason in _WHOLE, Usage(prompt, count(usage, "output_tokens")))

    def close(self) -> None:
        """End the connections. May be called twice."""
        self._client.close()


def _turn(message: Message) -> dict[str, Any]:
    blocks = [*with_pictures(message.wire, _picture), *content_of(message, _text, _picture)]
    return {"role": message.role, "content": blocks}


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _picture(picture: Picture) -> dict[str, Any]:
    data = b64encode(picture.png).decode()
    return {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}


def _words(blocks: Sequence[dict[str, Any]]) -> str:
    if REFUSAL in blocks:
        return "The model declined to answer."
    return "".join(str(block.get("text", "")) for block in blocks if block["type"] == "text")

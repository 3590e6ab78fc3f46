"""GPT behind OpenAI's Responses API, with the `computer` tool where a grammar asks for its calls."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from agent.episode import Usage
from agent.models.chat import EndpointRefused, Grammar, Message, Picture, Reply
from agent.models.endpoint.api_key import ApiKey
from agent.models.endpoint.client import CallLimits
from agent.models.hosted.session import Session, content_of, count, objects, with_pictures
from devices import Stop

ADDRESS = "https://api.openai.com/v1"
VARIABLE = "OPENAI_API_KEY"


class OpenAIResponses:
    """A `ChatModel`: the model that OpenAI knows as `model`.

    Nothing is stored there: each request holds the conversation, with the model's reasoning in it, encrypted.
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
        self._session = Session("openai", self.name, key, VARIABLE, limits or CallLimits(), stop or Stop(), say)
        self._client = self._session.sdk.OpenAI(
            api_key=key.shown_to_server(), base_url=address, max_retries=0, http_client=self._session.http_client()
        )

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        """The reply: with the tools of `grammar` the JSON list of its output items, else its text.

        Raises `EndpointDown`, `EndpointRefused`, or `Stopped`.
        """
        tools = grammar.tools if grammar else ()
        body: dict[str, Any] = {
            "model": self._model,
            "max_output_tokens": max_tokens,
            "input": [item for message in messages for item in _items(message, detail_for(self._model))],
            "include": ["reasoning.encrypted_content"],
            "store": False,
        }
        if tools:
            body["tools"] = list(tools)
        found = self._session.ask(self._client.responses.with_raw_response.create, body)
        items = objects(found.get("output"))
        if items is None:
            raise EndpointRefused(f"{self.name} answered with what is no response: it has no list of output items")
        usage = found.get("usage")
        text = json.dumps(items) if tools else "".join(words_in(items))
        spent = Usage(count(usage, "input_tokens"), count(usage, "output_tokens"))
        return Reply(text, found.get("status") == "completed", spent)

    def close(self) -> None:
        """End the connections. May be called twice."""
        self._client.close()


def words_in(items: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What `items` say in words, a refusal too."""
    for item in items:
        for entry in objects(item.get("content")) or [] if item["type"] == "message" else []:
            yield str(entry.get("text") or entry.get("refusal") or "")


def detail_for(model: str) -> str:
    """How a picture is to be looked at so that its pixels are counted as sent; small models know no "original"."""
    return "high" if "mini" in model or "nano" in model else "original"


def _items(message: Message, detail: str) -> list[Any]:
    items = list(with_pictures(message.wire, _url))
    if message.parts:
        written = "output_text" if message.role == "assistant" else "input_text"
        content = content_of(message, lambda text: {"type": written, "text": text}, partial(_picture, detail))
        items.append({"role": message.role, "content": content})
    return items


def _picture(detail: str, picture: Picture) -> dict[str, Any]:
    return {"type": "input_image", "image_url": _url(picture), "detail": detail}


def _url(picture: Picture) -> str:
    return f"data:image/png;base64,{b64encode(picture.png).decode()}"

"""Calls of a hosted API through its SDK: one deadline each, transient faults tried again, each fault named."""

import json
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

from agent.models.chat import EndpointDown, EndpointRefused, Message, ModelFailed, Picture
from agent.models.endpoint.api_key import ApiKey
from agent.models.endpoint.client import CallLimits
from agent.models.endpoint.deadline import Deadline, DeadlineOver
from agent.models.endpoint.reply import clean
from agent.models.endpoint.retries import TransientFault, is_transient, retry_after
from devices import Stop

HINTS = {
    401: "the key is wrong: look at {variable}, or name a file with --key-file",
    402: "the account behind the key has no credit left",
    403: "the key may not use this model",
    404: "look at the model's name",
    413: "the request is too large: lower --max-tokens or --keep-screens",
}
TRANSIENT_CODES = ("rate_limit", "overloaded", "server_error", "api_error", "timeout")
"""Parts of what the APIs call errors that are about the moment, where no status says so."""


class Session:
    """How a hosted model speaks to its API: `sdk` names the module of an SDK made by Stainless, as both are.

    The key is sent to one place only: no redirect is followed.
    """

    def __init__(
        self,
        sdk: str,
        name: str,
        key: ApiKey,
        variable: str,
        limits: CallLimits,
        stop: Stop,
        say: Callable[[str], None],
    ) -> None:
        """Raises `ModelFailed` where the SDK is not installed."""
        try:
            self.sdk: Any = import_module(sdk)
        except ImportError as error:
            raise ModelFailed(f"{name} needs the package {sdk}: pip install 'screenhand[hosted]'") from error
        self._name, self._key, self._variable = name, key, variable
        self._limits, self._stop, self._say = limits, stop, say

    def http_client(self) -> Any:
        """What carries the requests: it trusts whom the operating system trusts."""
        import ssl

        import truststore

        return self.sdk.DefaultHttpxClient(
            follow_redirects=False, verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        )

    def ask(self, create: Callable[..., Any], body: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON object that the API answers `create(**body)` with.

        Raises `EndpointDown`, `EndpointRefused`, or `Stopped`.
        """
        deadline = Deadline(self._limits.seconds, self._stop, self._say)
        attempt = 1
        while True:
            try:
                return self._once(create, body, deadline)
            except (DeadlineOver, TimeoutError) as over:
                raise EndpointDown(
                    f"{self._name} gave no answer within {deadline.seconds:g} s; try again later"
                ) from over
            except TransientFault as fault:
                pause = max(fault.after, self._limits.pause * 2 ** (attempt - 1))
                if attempt >= self._limits.attempts or pause >= deadline.left:
                    waits = f"; it asks to wait {fault.after:.0f} s" if fault.after else ""
                    raise EndpointDown(
                        f"{self._name} failed {attempt} times, at last: {fault}{waits}; try again later"
                    ) from fault
                self._say(f"attempt {attempt + 1} of {self._limits.attempts} after {fault}")
                deadline.wait(pause)
                attempt += 1

    def _once(self, create: Callable[..., Any], body: Mapping[str, Any], deadline: Deadline) -> dict[str, Any]:
        deadline.piece()
        sdk = self.sdk
        try:
            response = deadline.call(lambda: create(**body, timeout=deadline.left))
        except sdk.APITimeoutError as error:
            raise TimeoutError from error
        except sdk.APIConnectionError as error:
            raise TransientFault(self._shown(f"no connection: {error.__cause__ or error}")) from None
        except sdk.APIStatusError as error:
            raise self._fault(
                error.status_code, _reason(error), error.response.headers.get("retry-after", "")
            ) from None
        except sdk.APIError as error:
            raise EndpointRefused(self._shown(f"{self._name} answered what its SDK cannot read: {error}")) from None
        return self._object(response.http_response.text)

    def _object(self, text: str) -> dict[str, Any]:
        try:
            found = json.loads(self._key.hidden_in(text))
        except (ValueError, RecursionError) as error:
            raise EndpointRefused(self._shown(f"{self._name} answered with what is no JSON: {text}")) from error
        if not isinstance(found, dict):
            raise EndpointRefused(self._shown(f"{self._name} answered with no JSON object: {text}"))
        if isinstance(inside := found.get("error"), Mapping):
            code = str(inside.get("type") or "") + str(inside.get("code") or "")
            words = self._shown(str(inside.get("message") or code))
            if any(part in code for part in TRANSIENT_CODES):
                raise TransientFault(words)
            raise EndpointRefused(f"{self._name} answered with an error: {words}")
        return found

    def _fault(self, status: int, words: str, wait: str) -> Exception:
        if is_transient(status):
            return TransientFault(self._shown(f"HTTP {status}: {words}"), retry_after(wait.encode()))
        hint = HINTS.get(status, "only a person can mend that").format(variable=self._variable)
        return EndpointRefused(self._shown(f"{self._name} answered HTTP {status}: {words}") + f"; {hint}")

    def _shown(self, words: str) -> str:
        return clean(self._key.hidden_in(words))


def _reason(error: Any) -> str:
    """What the API says of its error: its own message, not the SDK's printout of the whole answer."""
    match error.body:
        case {"error": {"message": str() as words}} | {"message": str() as words}:
            return words
    return str(error.response.text or error.message)


def with_pictures(value: Any, spell: Callable[[Picture], Any]) -> Any:
    """`value`, a JSON value, with each picture in it as `spell` has it."""
    match value:
        case Picture():
            return spell(value)
        case Mapping():
            return {key: with_pictures(each, spell) for key, each in value.items()}
        case list() | tuple():
            return [with_pictures(each, spell) for each in value]
    return value


def content_of(message: Message, text: Callable[[str], Any], spell: Callable[[Picture], Any]) -> list[Any]:
    """The parts of `message` as an API has them; a clip as labelled pictures."""
    entries: list[Any] = []
    for part in message.parts:
        pieces = (part,) if isinstance(part, str | Picture) else part.labelled
        entries += [text(piece) if isinstance(piece, str) else spell(piece) for piece in pieces]
    return entries


def count(usage: Any, *names: str) -> int:
    """The sum of what `usage` counts under `names`; what is not counted, or oddly, counts nothing."""
    found: Sequence[Any] = [usage.get(name) for name in names] if isinstance(usage, Mapping) else []
    return sum(number for number in found if type(number) is int and number > 0)


def objects(value: Any) -> list[dict[str, Any]] | None:
    """`value` where it is a list of objects with a `type`; else None."""
    whole = isinstance(value, list) and all(
        isinstance(each, dict) and isinstance(each.get("type"), str) for each in value
    )
    return value if whole else None

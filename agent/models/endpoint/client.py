"""The chat model behind an OpenAI-compatible endpoint: one deadline per call, transient faults tried again."""

import json
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential, wait_random

from agent.models.chat import EndpointDown, EndpointRefused, Grammar, Message, Reply
from agent.models.endpoint.address import Address
from agent.models.endpoint.api_key import ApiKey
from agent.models.endpoint.deadline import Deadline, DeadlineOver
from agent.models.endpoint.deadline_stream import connect
from agent.models.endpoint.http11 import Connection, CutOff, NotHttp, Response, TooLarge
from agent.models.endpoint.reply import ErrorInside, NoCompletion, clean, excerpt, message_in_body, read_reply
from agent.models.endpoint.request import Spelling, body_of
from agent.models.endpoint.retries import HINTS, TransientFault, is_transient, retry_after
from devices import Stop


@dataclass(frozen=True, slots=True)
class CallLimits:
    """Limits of one call: seconds in all, attempts, and bytes of the reply.

    `pause` is how long to wait after the first attempt that failed; it doubles with each further one, up to 8 s.
    """

    seconds: float = 120.0
    attempts: int = 4
    largest_reply: int = 1 << 20
    pause: float = 0.5


class _NotTaken(EndpointRefused):
    """A request that may be taken when it asks for less."""


class Endpoint:
    """A `ChatModel` at `address` that its server knows as `model`; `agent.models.endpoint.retries` sorts its faults.

    A call takes at most `limits.seconds`, and at most `limits.attempts` requests: two or three more only while it is
    not known yet how the server spells schemas and lengths. The key goes to `address` and nowhere else: no redirect is
    followed, no proxy used. Safe to be used from several threads.
    """

    def __init__(
        self,
        address: Address,
        model: str,
        *,
        key: ApiKey | None = None,
        limits: CallLimits | None = None,
        stop: Stop | None = None,
        say: Callable[[str], None] = lambda words: None,
    ) -> None:
        self.name = f"{model} at {address}"
        self._address, self._model, self._key, self._limits = address, model, key, limits or CallLimits()
        self._stop, self._say = stop or Stop(), say
        self._spelling = Spelling()
        self._idle: list[Connection] = []
        self._closed = False

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        """The reply to `messages`; held to the schema of `grammar` where the server can.

        Raises `EndpointDown`, `EndpointRefused`, or `Stopped`.
        """
        deadline = Deadline(self._limits.seconds, self._stop, self._say)
        with_schema = grammar is not None and (grammar.schema is not None or grammar.tag is not None)
        spelling = self._spelling

        def request() -> Reply:
            nonlocal spelling
            while True:
                body = body_of(self._model, messages, max_tokens, grammar, spelling)
                try:
                    return self._request(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"), deadline)
                except _NotTaken as refusal:
                    other = spelling.fallback(str(refusal), with_schema=with_schema)
                    if other is None:
                        raise
                    spelling = other

        reply = self._with_retries(request, deadline)
        self._spelling = spelling
        return reply

    def close(self) -> None:
        """End the connections. May be called twice."""
        self._closed = True
        while self._idle:
            self._idle.pop().stream.close()

    def _with_retries(self, request: Callable[[], Reply], deadline: Deadline) -> Reply:
        attempts, pause = self._limits.attempts, self._limits.pause
        exponential = wait_exponential(multiplier=pause, max=8.0) + wait_random(0, pause)

        def wait(state: RetryCallState) -> float:
            return max(exponential(state), _fault(state).after)

        def note(state: RetryCallState) -> None:
            fault = str(_fault(state)).partition(":")[0]
            deadline.note = f"attempt {state.attempt_number + 1} of {attempts} after {fault}"

        def exhausted(state: RetryCallState) -> bool:
            return state.attempt_number >= attempts or state.upcoming_sleep >= deadline.left

        retrying = Retrying(
            retry=retry_if_exception_type(TransientFault),
            wait=wait,
            stop=exhausted,
            sleep=deadline.wait,
            before_sleep=note,
            reraise=True,
        )
        try:
            return retrying(request)
        except DeadlineOver as over:
            during = deadline.note and f" ({deadline.note})"
            raise EndpointDown(
                f"{self.name} gave no answer within {deadline.seconds:g} s{during}; try again later, or allow more time"
            ) from over
        except TransientFault as last:
            asked = f"; it asks to wait {last.after:.0f} s" if last.after else ""
            times = retrying.statistics["attempt_number"]
            often = f"failed {times} times, at last: " if times > 1 else "failed: "
            raise EndpointDown(f"{self.name} {often}{last}{asked}; try again later") from last

    def _request(self, body: bytes, deadline: Deadline) -> Reply:
        """One request. Raises `TransientFault` besides what `complete` raises."""
        try:
            answer = self._post(body, deadline)
        except ssl.SSLCertVerificationError as error:
            raise self._refused(f"has a certificate that nobody vouches for: {error.verify_message}") from error
        except (CutOff, ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionResetError, BrokenPipeError) as error:
            raise TransientFault(f"the connection was cut: {error}") from error
        except ssl.SSLError as error:
            raise self._refused(f"does not speak TLS as it should; is it https? {error.reason}") from error
        except OSError as error:
            raise TransientFault(f"no connection: {error.strerror or error}") from error
        except NotHttp as error:
            raise self._refused(f"does not answer in HTTP/1.1: {clean(str(error))}") from error
        except TooLarge as error:
            raise self._refused(f"answered with more than {error}, which is no chat completion") from error
        if answer.status == 200:
            return self._read(answer)
        raise self._error_of(answer)

    def _post(self, body: bytes, deadline: Deadline) -> Response:
        connection = self._connection(deadline)
        headers = {"Host": self._address.authority, "Content-Type": "application/json", "User-Agent": "screenhand"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key.shown_to_server()}"
        try:
            answer = connection.exchange(self._address.target, headers.items(), body, self._limits.largest_reply)
        finally:
            if connection.reusable and not self._closed:
                self._idle.append(connection)
            else:
                connection.stream.close()
        return answer.without(self._key) if self._key else answer

    def _connection(self, deadline: Deadline) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if connection.reusable:
                connection.stream.deadline = deadline
                return connection
            connection.stream.close()
        return Connection(connect(self._address, deadline))

    def _read(self, answer: Response) -> Reply:
        try:
            reply = read_reply(answer.body)
        except NoCompletion as error:
            if not answer.whole:  # of undeclared length: what cannot be read may have been cut off
                raise TransientFault(f"an answer that cannot be read, perhaps cut off: {error}") from error
            raise self._refused(f"answered with what is no chat completion: {error}; look at the URL") from error
        except ErrorInside as error:
            if is_transient(error.code):
                raise TransientFault(f"HTTP 200 with error {error.code}: {error}") from error
            raise self._refused(f"answered with an error: {error}") from error
        return replace(reply, text=self._without_key(reply.text))

    def _error_of(self, answer: Response) -> Exception:
        """The fault that an answer with any other status than 200 is."""
        status, message = answer.status, self._without_key(message_in_body(answer.body)) or excerpt(answer.body)
        if is_transient(status):
            return TransientFault(f"HTTP {status}: {message}", retry_after(answer.headers.get(b"retry-after", b"")))
        if 300 <= status < 400:
            where = clean(answer.headers.get(b"location", b"nowhere").decode("latin-1"))
            return self._refused(f"sends us elsewhere (HTTP {status}, to {where}): give that URL if you trust it")
        hint = HINTS.get(status, "only a person can mend that")
        kind = _NotTaken if status in (400, 422) else EndpointRefused
        return kind(f"{self.name} answered HTTP {status}: {message}; {hint}")

    def _without_key(self, text: str) -> str:
        return self._key.hidden_in(text) if self._key else text

    def _refused(self, words: str) -> EndpointRefused:
        return EndpointRefused(f"{self.name} {words}")


def _fault(state: RetryCallState) -> TransientFault:
    """Why the attempt failed: only a `TransientFault` is tried again."""
    fault = state.outcome and state.outcome.exception()
    return fault if isinstance(fault, TransientFault) else TransientFault("")

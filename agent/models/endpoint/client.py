"""The chat model behind an OpenAI-compatible endpoint: one deadline a call, some faults tried again."""

import json
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential, wait_random

from agent.episode import NO_USAGE
from agent.models.chat import EndpointDown, EndpointRefused, Grammar, Message, Reply
from agent.models.endpoint.address import Address
from agent.models.endpoint.deadline import OutOfPatience, Patience
from agent.models.endpoint.exchange import Answer, Connection, CutOff, NotHttp, TooLarge
from agent.models.endpoint.faults import HINTS, MayPass, may_pass, retry_after
from agent.models.endpoint.key import Key
from agent.models.endpoint.line import opened
from agent.models.endpoint.prices import Prices, cost_in_words
from agent.models.endpoint.reply import ErrorInside, NoCompletion, clean, excerpt, read_reply, said_in_body
from agent.models.endpoint.request import Spelling, Video, body_of
from devices import Stop


@dataclass(frozen=True, slots=True)
class Terms:
    """What one call may cost at most: seconds in all, attempts, and bytes of reply.

    `pause` is how long to wait after the first attempt that failed; it doubles with each further one, up to 8 s.
    """

    seconds: float = 120.0
    attempts: int = 4
    largest_reply: int = 1 << 20
    pause: float = 0.5


HEADERS = (("Content-Type", "application/json"), ("User-Agent", "screenhand"))


class _NotTaken(EndpointRefused):
    """A request that may be taken when it asks for less."""


class Endpoint:
    """A `ChatModel` at `address` that its server knows as `model`. Faults are sorted in `agent.models.endpoint.faults`.

    A call takes at most `terms.seconds`, and at most `terms.attempts` requests: two or three more only while it is not
    known yet how the server wants schemas and lengths to be spelt. The key goes to `address` and nowhere else: no
    redirect is followed, no proxy used. Safe to be asked from several threads.
    """

    def __init__(
        self,
        address: Address,
        model: str,
        *,
        key: Key | None = None,
        terms: Terms | None = None,
        video: Video = "frames",
        prices: Prices | None = None,
        stop: Stop | None = None,
        say: Callable[[str], None] = lambda words: None,
    ) -> None:
        self.name = f"{model} at {address}"
        self._address, self._model, self._key, self._video = address, model, key, video
        self._terms, self._prices = terms or Terms(), prices
        self._stop, self._say = stop or Stop(), say
        self._spelling = Spelling()
        self._idle: list[Connection] = []
        self._closed = False
        self._spent = NO_USAGE

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        """The reply to `messages`; held to the schema of `grammar` where the server can.

        Raises `EndpointDown`, `EndpointRefused`, or `Stopped`.
        """
        patience = Patience(self._terms.seconds, self._stop, self._say)
        with_schema = grammar is not None and grammar.schema is not None
        spelling = self._spelling

        def ask() -> Reply:
            nonlocal spelling
            while True:
                body = body_of(self._model, messages, max_tokens, grammar, spelling, self._video)
                try:
                    return self._ask(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"), patience)
                except _NotTaken as refusal:
                    other = spelling.instead(str(refusal), with_schema=with_schema)
                    if other is None:
                        raise
                    spelling = other

        reply = self._until_it_works(ask, patience)
        self._spelling = spelling
        self._spent += reply.usage
        return reply

    def close(self) -> None:
        """Close the connections, and say what the model has cost where its prices are known."""
        if self._prices and not self._closed:
            self._say(f"{self.name}: {cost_in_words(self._spent, self._prices)}")
        self._closed = True
        while self._idle:
            self._idle.pop().line.close()

    def _until_it_works(self, ask: Callable[[], Reply], patience: Patience) -> Reply:
        attempts, pause = self._terms.attempts, self._terms.pause
        exponential = wait_exponential(multiplier=pause, max=8.0) + wait_random(0, pause)

        def wait(state: RetryCallState) -> float:
            return max(exponential(state), _fault(state).after)

        def tell(state: RetryCallState) -> None:
            said = str(_fault(state)).partition(":")[0]
            patience.doing = f"attempt {state.attempt_number + 1} of {attempts} after {said}"

        def enough(state: RetryCallState) -> bool:
            return state.attempt_number >= attempts or state.upcoming_sleep >= patience.left

        retrying = Retrying(
            retry=retry_if_exception_type(MayPass),
            wait=wait,
            stop=enough,
            sleep=patience.wait,
            before_sleep=tell,
            reraise=True,
        )
        try:
            return retrying(ask)
        except OutOfPatience as over:
            doing = patience.doing and f" ({patience.doing})"
            raise EndpointDown(
                f"{self.name} gave no answer within {patience.seconds:g} s{doing}; try again later, or allow more time"
            ) from over
        except MayPass as last:
            asked = f"; it asks to wait {last.after:.0f} s" if last.after else ""
            times = retrying.statistics["attempt_number"]
            often = f"failed {times} times, at last: " if times > 1 else "failed: "
            raise EndpointDown(f"{self.name} {often}{last}{asked}; try again later") from last

    def _ask(self, body: bytes, patience: Patience) -> Reply:
        """One request. Raises `MayPass` besides what `complete` raises."""
        try:
            answer = self._exchanged(body, patience)
        except ssl.SSLCertVerificationError as error:
            raise self._refused(f"has a certificate that nobody vouches for: {error.verify_message}") from error
        except (CutOff, ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionResetError, BrokenPipeError) as error:
            raise MayPass(f"the connection was cut: {error}") from error
        except ssl.SSLError as error:
            raise self._refused(f"does not speak TLS as it should; is it https? {error.reason}") from error
        except OSError as error:
            raise MayPass(f"no connection: {error.strerror or error}") from error
        except NotHttp as error:
            raise self._refused(f"does not answer in HTTP/1.1: {clean(str(error))}") from error
        except TooLarge as error:
            raise self._refused(f"answered with more than {error}, which is no chat completion") from error
        if answer.status == 200:
            return self._read(answer)
        raise self._told(answer)

    def _exchanged(self, body: bytes, patience: Patience) -> Answer:
        connection = self._connection(patience)
        headers = [
            ("Host", self._address.authority),
            ("Content-Type", "application/json"),
            ("User-Agent", "screenhand"),
        ]
        if self._key:
            headers.append(("Authorization", f"Bearer {self._key.shown_to_server()}"))
        try:
            answer = connection.exchange(self._address.target, headers, body, self._terms.largest_reply)
        finally:
            if connection.reusable and not self._closed:
                self._idle.append(connection)
            else:
                connection.line.close()
        return answer.without(self._key) if self._key else answer

    def _connection(self, patience: Patience) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if connection.reusable:
                connection.line.patience = patience
                return connection
            connection.line.close()
        return Connection(opened(self._address, patience))

    def _read(self, answer: Answer) -> Reply:
        try:
            reply = read_reply(answer.body)
        except NoCompletion as error:
            if not answer.whole:  # nobody said how long it should be: what cannot be read may have been cut off
                raise MayPass(f"an answer that cannot be read, perhaps cut off: {error}") from error
            raise self._refused(f"answered with what is no chat completion: {error}; look at the URL") from error
        except ErrorInside as error:
            if may_pass(error.code):
                raise MayPass(f"HTTP 200 with error {error.code}: {error}") from error
            raise self._refused(f"answered with an error: {error}") from error
        return replace(reply, text=self._hidden(reply.text))

    def _told(self, answer: Answer) -> Exception:
        """What an answer with any other status than 200 is."""
        status, said = answer.status, self._hidden(said_in_body(answer.body)) or excerpt(answer.body)
        if may_pass(status):
            return MayPass(f"HTTP {status}: {said}", retry_after(answer.headers.get(b"retry-after", b"")))
        if 300 <= status < 400:
            where = clean(answer.headers.get(b"location", b"nowhere").decode("latin-1"))
            return self._refused(f"sends us elsewhere (HTTP {status}, to {where}): give that URL if you trust it")
        hint = HINTS.get(status, "only a person can mend that")
        kind = _NotTaken if status in (400, 422) else EndpointRefused
        return kind(f"{self.name} answered HTTP {status}: {said}; {hint}")

    def _hidden(self, text: str) -> str:
        return self._key.hidden_in(text) if self._key else text

    def _refused(self, words: str) -> EndpointRefused:
        return EndpointRefused(f"{self.name} {words}")


def _fault(state: RetryCallState) -> MayPass:
    """Why the attempt failed: nothing but a `MayPass` is tried again."""
    fault = state.outcome and state.outcome.exception()
    return fault if isinstance(fault, MayPass) else MayPass("")

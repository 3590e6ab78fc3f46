"""Which faults of an endpoint are tried again, and which only a person can mend.

| fault                                                    | treated as                  |
|----------------------------------------------------------|-----------------------------|
| no route, no such host, refused, reset, cut off          | `TransientFault`            |
| 408, 409, 425, 429 (waits as it asks), 5xx               | `TransientFault`            |
| such an error, in a body with status 200                      | `TransientFault`            |
| the time for the call is over                            | `EndpointDown`, at once     |
| as many attempts as are allowed, or too long a wait      | `EndpointDown`              |
| a certificate that nobody vouches for                    | `EndpointRefused`, at once  |
| any other 4xx, a redirect, an error with status 200      | `EndpointRefused`, at once  |
| no HTTP, HTML, no choices, wrong types, no UTF-8         | `EndpointRefused`, at once  |
| more bytes than any reply has, packed or not             | `EndpointRefused`, at once  |
| `finish_reason` "length", or one unheard of              | a reply that is unfinished  |
| `finish_reason` missing or null                          | finished if it holds a call |
| a count of tokens that is null, negative or no number    | tokens that are not known   |
| a stream of events that nobody asked for                 | the reply in it             |
| such a stream without an end                             | `TransientFault`            |
| a field refused by its name, in a 400 or 422             | asked again without it      |
| 500 for a request with a schema                          | tried again without it      |
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

TRANSIENT = frozenset({408, 409, 425, 429})
"""The client errors that are about the moment; all of 500 and above are too."""

HINTS = {
    400: "the server does not take such a request; does its model take pictures, and as many of them?",
    401: "the key is wrong or missing: put it into SCREENHAND_API_KEY, or name a file with --key-file",
    402: "the account behind the key has no credit left",
    403: "the key may not use this model",
    404: "look at the URL, which usually ends in /v1, and at the model's name",
    405: "what answers there takes no chat completions; the URL usually ends in /v1",
    413: "the request is too large: lower --max-tokens or --keep-screens",
    422: "the server does not take such a request",
}


class TransientFault(Exception):
    """A fault that a second try may not meet; `after` is how many seconds the server asked to wait before it.

    `status` is the HTTP status that it came with, 0 for none.
    """

    def __init__(self, message: str, after: float = 0.0, status: int = 0) -> None:
        super().__init__(message)
        self.after, self.status = after, status


def is_transient(status: int) -> bool:
    """Whether a request that was answered with `status` is worth a second try."""
    return status in TRANSIENT or status >= 500


def retry_after(header: bytes) -> float:
    """The seconds that a Retry-After header asks for, given as seconds or as a date; 0 where it asks for nothing."""
    text = header.decode("latin-1").strip()
    try:
        seconds = float(text)
    except ValueError:
        try:
            date = parsedate_to_datetime(text)
        except ValueError:
            return 0.0
        seconds = (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return max(0.0, seconds) if isfinite(seconds) else 0.0

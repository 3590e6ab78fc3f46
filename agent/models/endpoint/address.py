"""Where an endpoint is: its URL, read and checked once."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """The one place that requests and the key are sent to. `target` is the path of the chat completions there."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as a Host header spells them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target.partition('?')[0].removesuffix('/chat/completions')}"


def read_address(url: str, *, insecure: bool = False) -> Address:
    """The address in `url`: the base that OpenAI's clients take ("https://host/v1"), or the full path.

    Plain http goes to this machine only, unless `insecure`: whoever stands between would read screen and key. Raises
    `ValueError` saying what was wanted, what was found and what to do.
    """
    if any(character <= " " or character == "\x7f" for character in url):
        raise ValueError(f"an endpoint's URL holds no spaces and no control characters; found {url!r}")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError as error:
        raise ValueError(f"an endpoint is a URL like http://localhost:8000/v1; found none: {error}") from error
    if parts.scheme not in PORTS or not host or port == 0:
        raise ValueError(f"an endpoint is a URL like http://localhost:8000/v1; found {_without_secrets(url)!r}")
    if "@" in parts.netloc:
        raise ValueError(
            f"a name or password does not belong into the URL of {host}: put the key into SCREENHAND_API_KEY or a file"
        )
    if parts.fragment:
        raise ValueError(f"an endpoint's URL has no part after '#'; found {parts.fragment!r}")
    if parts.scheme == "http" and not insecure and not _is_this_machine(host):
        raise ValueError(
            f"http://{host} would send the screen and the key in the clear: use https://, or --insecure if you must"
        )
    path = parts.path.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"
    target = quote(f"{path}?{parts.query}" if parts.query else path, safe="/?%:@!$&'()*+,;=~")
    return Address(parts.scheme, host, port or PORTS[parts.scheme], target)


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _without_secrets(url: str) -> str:
    """`url` without what stands before an @, which may be a password."""
    return url.rpartition("@")[2]

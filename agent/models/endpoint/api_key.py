"""The key to an endpoint: read from where it is safe, shown to nobody."""

import os
import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

VARIABLE = "SCREENHAND_API_KEY"
HIDDEN = "[the key]"


class ApiKey:
    """A secret that no printout, traceback or pickle shows; `shown_to_server` is the only way to it."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        """Raises `ValueError`, without the secret in it, unless `secret` can stand in an HTTP header."""
        if not re.fullmatch(r"[\x21-\x7e]{1,4096}", secret):
            raise ValueError(
                f"a key is one word of ASCII letters, digits and signs; this one has {len(secret)} characters, "
                "spaces, line breaks or others among them"
            )
        self._secret = secret

    def shown_to_server(self) -> str:
        """The secret itself, for the one header that carries it."""
        return self._secret

    def hidden_in(self, text: str) -> str:
        """`text` with the key taken out wherever it stands.

        A key of fewer than 8 characters ("EMPTY", "x") is a placeholder that servers without keys are given: it is no
        secret, and ordinary text may hold it.
        """
        return text.replace(self._secret, HIDDEN) if len(self._secret) >= 8 else text

    def __repr__(self) -> str:
        return "ApiKey(***)"

    def __reduce__(self) -> Any:
        raise TypeError("a key is not to be stored")


def read_api_key(
    path: Path | None, environ: MutableMapping[str, str] = os.environ, *, variable: str = VARIABLE
) -> ApiKey | None:
    """The key in the file `path`, or else in that environment `variable`; None where there is neither.

    The variable is taken out of `environ`, so that no program that is started later inherits it. Raises `ValueError`
    for a key that is none, a file that cannot be read, and one that others on this machine may read too.
    """
    inherited = environ.pop(variable, "").strip()
    if path is None:
        return ApiKey(inherited) if inherited else None
    try:
        mode, text = path.stat().st_mode, path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the key file {path} cannot be read: {error}") from error
    if os.name == "posix" and mode & 0o077:
        raise ValueError(f"others on this machine may read the key in {path}: type chmod 600 {path}")
    if not text:
        raise ValueError(f"the key file {path} is empty: put the key into it, alone")
    return ApiKey(text)

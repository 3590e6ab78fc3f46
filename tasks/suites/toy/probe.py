"""The examiner's door into the toy: its fields and its message, as files."""

from devices.toy import Toy


class ToyProbe:
    """`Name`, `Password` and `message` can be read, the two fields can be written, and nothing can be run."""

    def __init__(self, toy: Toy) -> None:
        self._toy = toy

    def read(self, path: str) -> bytes:
        """The text in it. Raises `FileNotFoundError`."""
        texts = {**self._toy.fields, "message": self._toy.message}
        if path not in texts:
            raise FileNotFoundError(f"the toy has {', '.join(texts)}; found {path!r}")
        return texts[path].encode()

    def write(self, path: str, data: bytes) -> None:
        """Fill a field. Raises `FileNotFoundError`."""
        if path not in self._toy.fields:
            raise FileNotFoundError(f"the toy has the fields {', '.join(self._toy.fields)}; found {path!r}")
        self._toy.fields[path] = data.decode()

    def run(self, command: tuple[str, ...], seconds: float = 20.0) -> str:
        """Raises `OSError`: the toy has no programs."""
        raise FileNotFoundError(f"the toy runs no programs; found {command!r}")

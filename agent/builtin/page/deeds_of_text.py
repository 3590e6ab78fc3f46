"""What a web page can be told about text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CopyOver:
    """Write into one field what another one holds."""

    source: str
    into: str

    def __str__(self) -> str:
        return f"copy {self.source!r} into {self.into!r}"


TextDeed = CopyOver

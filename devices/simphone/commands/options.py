"""The options of the phone's programs: words that start with a dash, some with a value behind them."""

from collections.abc import Collection
from dataclasses import dataclass

from devices.simphone.shell.program import Unusable


@dataclass(frozen=True, slots=True)
class Options:
    """`given` are (option, value) in order, the value "" for a bare one; `rest` are the other words."""

    given: tuple[tuple[str, str], ...]
    rest: tuple[str, ...]

    def __contains__(self, name: str) -> bool:
        return any(option == name for option, _ in self.given)

    def value(self, name: str, default: str = "") -> str:
        """The last value of that option."""
        return next((value for option, value in reversed(self.given) if option == name), default)

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(value for option, value in self.given if option == name)


def options(words: Collection[str], valued: Collection[str], pairs: Collection[str] = ()) -> Options:
    """Options among `words`; those in `valued` take a value, those in `pairs` two, kept as KEY=VALUE.

    Raises `Unusable` where a value is missing.
    """
    given: list[tuple[str, str]] = []
    rest: list[str] = []
    left = iter(words)
    try:
        for word in left:
            if word in pairs:
                given.append((word, f"{next(left)}={next(left)}"))
            elif word in valued:
                given.append((word, next(left)))
            elif word.startswith("-") and len(word) > 1:
                given.append((word, ""))
            else:
                rest.append(word)
    except StopIteration:
        raise Unusable(f'Argument expected after "{word}"') from None
    return Options(tuple(given), tuple(rest))

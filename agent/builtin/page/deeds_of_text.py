"""What a web page can be told about text: what to read and write, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NthWord:
    """The word at `ordinal` in the text that is not part of a form, -1 for the last; in a text area when `in_area`."""

    ordinal: int
    in_area: bool = False

    def __str__(self) -> str:
        return "the last word" if self.ordinal < 0 else f"word {self.ordinal}"


@dataclass(frozen=True, slots=True)
class ValueOf:
    """What a table or a list gives for `label`."""

    label: str

    def __str__(self) -> str:
        return f"the value of {self.label!r}"


@dataclass(frozen=True, slots=True)
class Solution:
    """The result of the sum that is shown, or the value of `unknown` in the equation that is shown."""

    unknown: str = ""

    def __str__(self) -> str:
        return f"the value of {self.unknown}" if self.unknown else "the result of the sum"


@dataclass(frozen=True, slots=True)
class WriteRead:
    """Read `what` from the screen, and write it into the field labelled `into`, "" for the only one."""

    what: NthWord | ValueOf | Solution
    into: str = ""

    def __str__(self) -> str:
        return f"write {self.what} into the field {self.into!r}"


@dataclass(frozen=True, slots=True)
class EnterMoment:
    """Enter a date or a time: figure by figure where the field has a place for each, else as it is said."""

    said: str

    def __str__(self) -> str:
        return f"enter {self.said!r}"


@dataclass(frozen=True, slots=True)
class FillMatching:
    """Write into every field what a table gives for its label."""

    def __str__(self) -> str:
        return "fill in the values of the labels"


@dataclass(frozen=True, slots=True)
class FillFrom:
    """Write into every field the words of `said` that belong to its label."""

    said: str

    def __str__(self) -> str:
        return f"fill in {self.said!r}"


@dataclass(frozen=True, slots=True)
class PressUntil:
    """Press a button until the number that is shown is as wished: less or more than `bound`, "odd" or "even"."""

    button: str
    wish: str
    bound: int = 0

    def __str__(self) -> str:
        return f"press {self.button!r} until the number is {self.wish}" + (f" than {self.bound}" if self.bound else "")


@dataclass(frozen=True, slots=True)
class Guess:
    """Find a number from `low` to `high` by what the page says to each guess, which `button` hands in."""

    low: int
    high: int
    button: str

    def __str__(self) -> str:
        return f"guess a number from {self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class ClickResult:
    """Click one of the results of a search, counted over all its pages."""

    ordinal: int

    def __str__(self) -> str:
        return f"click result {self.ordinal}"


@dataclass(frozen=True, slots=True)
class Complete:
    """Type how an item begins, and take the completion that ends as wished."""

    begins: str
    ends: str = ""

    def __str__(self) -> str:
        return f"complete {self.begins!r}" + (f" to what ends with {self.ends!r}" if self.ends else "")


@dataclass(frozen=True, slots=True)
class ClickMost:
    """Press the button of the offer with the least (or the `greatest`) price or duration."""

    quality: str
    greatest: bool

    def __str__(self) -> str:
        return f"take the {'greatest' if self.greatest else 'least'} {self.quality}"


@dataclass(frozen=True, slots=True)
class LookUp:
    """Turn pages until one is about `name`, and click its `what`."""

    name: str
    what: str

    def __str__(self) -> str:
        return f"look up the {self.what} of {self.name!r}"


@dataclass(frozen=True, slots=True)
class HandIn:
    """Press the button that hands in a form: `button`, or whatever it is called."""

    button: str = ""

    def __str__(self) -> str:
        return f"hand in the form with {self.button!r}" if self.button else "hand in the form"


@dataclass(frozen=True, slots=True)
class WithMail:
    """Find the message by `who` in a list, and "reply" `text`, "forward" it to `text`, "star" or "delete" it."""

    who: str
    deed: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.deed} the message by {self.who!r}" + (f" with {self.text!r}" if self.text else "")


@dataclass(frozen=True, slots=True)
class OnPosts:
    """Press `button` on `count` posts by `user`, on all of them when it is 0."""

    user: str
    button: str
    count: int = 1

    @property
    def single(self) -> bool:
        return self.count == 1

    def __str__(self) -> str:
        return f"press {self.button!r} on {self.count or 'all'} posts by {self.user}"


@dataclass(frozen=True, slots=True)
class AddItems:
    """Press the plus of each of `items` in a list once."""

    items: tuple[str, ...]

    def __str__(self) -> str:
        return f"take {', '.join(self.items)}"


@dataclass(frozen=True, slots=True)
class BuyBelow:
    """Watch the price, and buy when it is no more than `price`."""

    price: float

    def __str__(self) -> str:
        return f"buy below {self.price:g}"


@dataclass(frozen=True, slots=True)
class DeleteFile:
    """Delete, in the terminal of a page, a file that ends with `ending`; "" means one without an extension."""

    ending: str

    def __str__(self) -> str:
        return f"delete a file that ends with {self.ending!r}"


@dataclass(frozen=True, slots=True)
class PickGreatest:
    """Look at all covered cards, and leave the one with the greatest number turned up."""

    def __str__(self) -> str:
        return "turn up the greatest card"


@dataclass(frozen=True, slots=True)
class PlayNoughts:
    """Win a game of noughts and crosses with `mark`."""

    mark: str

    def __str__(self) -> str:
        return f"win with {self.mark.upper()}"


TextDeed = (
    WriteRead | EnterMoment | FillMatching | FillFrom | PressUntil | Guess | ClickResult | Complete
    | ClickMost | LookUp | HandIn | WithMail | OnPosts | AddItems | BuyBelow
    | DeleteFile | PickGreatest | PlayNoughts
)  # fmt: skip

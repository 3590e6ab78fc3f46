"""What a web page can be told about its widgets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explore:
    """Click what bears `name`, opening tabs, sections and folders until it comes to light."""

    name: str
    kind: str = ""

    def __str__(self) -> str:
        return f"find and click {self.name!r}"


WidgetDeed = Explore

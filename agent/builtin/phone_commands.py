"""Instructions that exist on a phone only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Open the page of the settings that is labelled `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class AnswerPermission:
    """Allow or deny what the system asks for an application."""

    allow: bool


PhoneInstruction = OpenPage | AnswerPermission

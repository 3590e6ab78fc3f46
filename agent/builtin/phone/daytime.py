"""The times of day that people say."""

import re

from agent.builtin.words import number


def clock_time(text: str) -> tuple[int, int] | None:
    """Hours and minutes of "7:45", "7.45 pm" or "6 am"; None if it is no time of day."""
    said = text.lower().replace("o'clock", "").strip()
    said = re.sub(r" (?:today|tomorrow|tonight|sharp)(?= |$)", "", said)
    said = re.sub(r"(?<=\d) (morning|afternoon|evening)$", r" in the \1", said)
    if past := re.fullmatch(r"(half|a?\s?quarter) (past|to) (\w+)", said):
        hour_, minutes = int(number(past[3]) or 0), 30 if past[1] == "half" else 15
        said = f"{hour_}:{minutes}" if past[2] == "past" else f"{hour_ - 1}:{60 - minutes}"
    said = {"noon": "12:00", "midnight": "0:00"}.get(said, said)
    found = re.fullmatch(
        r"(\d{1,2})(?:[:.h ](\d{2}))? ?(a\.?m\.?|p\.?m\.?)?(?: in the (morning|afternoon|evening))?", said
    )
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    late = (found[3] or "").startswith("p") or found[4] in ("afternoon", "evening")
    if late and hour < 12:
        hour += 12
    if (found[3] or "").startswith("a") and hour == 12:
        hour = 0
    return (hour, minute) if hour < 24 and minute < 60 else None

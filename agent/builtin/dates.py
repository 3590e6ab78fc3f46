"""Dates as fields show them: a date in one form written in another, where nothing has to be guessed."""

import re

SEPARATED = re.compile(r"(\d{1,4})([-/. ]+)(\d{1,2})\2(\d{1,4})\.?")
PLACEHOLDER = re.compile(r"([dmyDMY]{1,4})([-/. ]+)([dmyDMY]{1,4})\2([dmyDMY]{1,4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def is_date(shown: str) -> bool:
    """Whether a field that shows this holds a date: one in digits, or the letters that stand for one."""
    text = shown.strip()
    return bool(PLACEHOLDER.fullmatch(text) or (SEPARATED.fullmatch(text) and len(re.sub(r"\D", "", text)) >= 6))


def is_placeholder(shown: str) -> bool:
    """Whether the letters stand there that tell how a date is written."""
    return bool(PLACEHOLDER.fullmatch(shown.strip()))


def shown_like(shown: str, value: str) -> str | None:
    """`value` written as the field shows dates; None where nobody can tell which number is the day.

    A value that has the very shape of what is shown is taken as it is; one in ISO 8601 is converted.
    """
    if _shape(value) == _shape(shown) and not ISO.fullmatch(shown.strip()):
        return value
    date, order = ISO.fullmatch(value.strip()), _order(shown.strip())
    if date is None or order is None:
        return value if PLACEHOLDER.fullmatch(shown.strip()) and SEPARATED.fullmatch(value.strip()) else None
    separator, letters, widths = order
    parts = {"y": date[1], "m": date[2], "d": date[3]}
    written = (parts[each].lstrip("0").rjust(width, "0") for each, width in zip(letters, widths, strict=True))
    return separator.join(written)


def _order(shown: str) -> tuple[str, str, tuple[int, ...]] | None:
    """The separator, the order of year, month and day, and their widths; None where two orders are usual."""
    if found := PLACEHOLDER.fullmatch(shown):
        parts = found[1], found[3], found[4]
        letters = "".join(part[0].lower() for part in parts)
        return (found[2], letters, tuple(map(len, parts))) if set(letters) == set("dmy") else None
    found = SEPARATED.fullmatch(shown)
    if found is None:
        return None
    parts = found[1], found[3], found[4]
    widths = tuple(2 if len(part) < 4 else 4 for part in parts)
    if len(parts[0]) == 4:
        return found[2], "ymd", widths
    return (found[2], "dmy", widths) if found[2].strip() == "." else None


def _shape(text: str) -> str:
    return re.sub(r"\d+", "9", text.strip())

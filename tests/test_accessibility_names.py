"""Names that programs give are made fit to be shown and compared."""

import pytest

from devices.desktop.accessibility.names import clean, name_of, without_access_mark
from devices.desktop.accessibility.node import BusApp


@pytest.mark.parametrize(
    ("said", "cleaned"),
    [
        ("  a \n\t b  ", "a b"),
        ("a\x00\x1b[0m\u202eb\ufeff", "a[0mb"),
        ("\ud800x\ufffc", "x"),
        ("é 中文 ☃", "é 中文 ☃"),
        (None, ""),
        (7, ""),
        ("x" * 10**6, "x" * 200),
        (" " * 10**6 + "x", ""),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_name_is_one_short_line(said: object, cleaned: str) -> None:
    assert clean(said) == cleaned


@pytest.mark.parametrize(
    ("said", "named"),
    [("7 7", "7"), ("Two words Two words", "Two words"), ("GtkMenuButton", ""), ("7 8", "7 8"), ("OK", "OK")],
)
def test_gtk4_doubles_names_and_gives_classes_for_none(said: str, named: str) -> None:
    assert name_of(said, gtk4=True) == named
    assert name_of(said) == said


@pytest.mark.parametrize(
    ("said", "named"),
    [("_Open", "Open"), ("&Open", "Open"), ("Save _As", "Save As"), ("R&D", "R&D"), ("my_file", "my_file"), ("_", "_")],
)
def test_the_mark_before_a_letter_is_taken_off(said: str, named: str) -> None:
    assert without_access_mark(said) == named


@pytest.mark.parametrize(
    ("toolkit", "version", "hides"),
    [
        ("gtk", "3.24.38", True),
        ("GTK", "4.8.3", False),
        ("GTK", "5.0", False),
        ("GTK", "", False),
        ("GTK", "nonsense", False),
        ("", "", False),
        ("Qt", "5.15.8", True),
        ("Chromium", "1.0", True),
    ],
)
def test_text_is_asked_only_where_a_password_comes_as_bullets(toolkit: str, version: str, hides: bool) -> None:
    assert BusApp(":1.2", 1, toolkit, version).hides_passwords is hides

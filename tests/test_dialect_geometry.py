"""Pictures are as large as the family's own processor makes them, and every point comes back where it was meant."""

import random
from pathlib import Path

import pytest

from agent.dialects.families import DIALECTS, dialect_named
from agent.dialects.fit import make_fit, resized
from agent.dialects.sizes import Sizes, smart_resize
from agent.dialects.spaces import Absolute, Relative, Space
from agent.models.local.loader import hide_incompatible_torchvision
from devices import Point
from devices.toy import Toy

README = (Path(__file__).parent.parent / "agent" / "dialects" / "README.md").read_text()


SCREENS = ((1280, 800), (1920, 1080), (1080, 2400))


def picture_table() -> str:
    """Markdown: for each dialect the size of picture that a screen becomes, and its visual tokens."""
    titles = [f"{width}x{height}" for width, height in SCREENS]
    rows = [["dialect", *titles], ["---"] * (len(titles) + 1)]
    for name in DIALECTS:
        dialect = dialect_named(name)
        pictures = [dialect.fit(screen).picture for screen in SCREENS]
        rows.append([name, *(f"{w}x{h}, {dialect.sizes.tokens((w, h))}" for w, h in pictures)])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def sizes(number: int, *, ratio: float = 200) -> list[tuple[int, int]]:
    chance = random.Random(3)
    some = [(int(2 ** chance.uniform(0, 13)), int(2 ** chance.uniform(0, 13))) for _ in range(3 * number)]
    return [size for size in some if max(size) / min(size) <= ratio][:number]


@pytest.mark.parametrize(
    ("factor", "least", "most"), [(28, 4, 16384), (28, 4, 1280), (28, 100, 16384), (32, 64, 16384)]
)
def test_twenty_thousand_sizes_are_those_of_transformers(factor: int, least: int, most: int) -> None:
    hide_incompatible_torchvision()
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import smart_resize as theirs

    for width, height in sizes(20_000 if most == 1280 else 5_000):
        ours = Sizes(factor, least, most).fit((width, height))
        assert ours[::-1] == tuple(theirs(height, width, factor, least * factor**2, most * factor**2)), (width, height)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_picture_that_fits_is_not_resized_again(name: str) -> None:
    bounds = dialect_named(name).sizes
    for size in sizes(5_000, ratio=3):
        assert bounds.fit(bounds.fit(size)) == bounds.fit(size), size


@pytest.mark.parametrize("name", DIALECTS)
def test_a_point_comes_back_within_one_model_pixel(name: str) -> None:
    dialect, chance = dialect_named(name), random.Random(7)
    for width, height in sizes(20_000):
        fit = dialect.fit((width, height))
        for at in (Point(chance.randrange(width), chance.randrange(height)), Point(width - 1, height - 1), Point(0, 0)):
            back = fit.to_screen(*fit.to_answer(at))
            assert abs(back.x - at.x) <= max(1, width / fit.extent[0]), (fit, at, back)
            assert abs(back.y - at.y) <= max(1, height / fit.extent[1]), (fit, at, back)


@pytest.mark.parametrize(
    "space", [Absolute(), Absolute(28, 1280 * 784), Absolute(32), Absolute(max_side=768), Relative(1), Relative(999)]
)
def test_every_space_that_a_server_may_answer_in_maps_both_ways(space: Space) -> None:
    chance = random.Random(9)
    for width, height in sizes(3_000, ratio=20):
        fit = make_fit((width, height), Sizes(28, 4, 4096), space)
        for x, y in ((0, 0), (width - 1, height - 1), (chance.randrange(width), chance.randrange(height))):
            back = fit.to_screen(*fit.to_answer(Point(x, y)))
            assert abs(back.x - x) <= max(1, width / (fit.extent[0] if fit.extent[0] > 1 else 10_000)), (fit, x, back)
            assert abs(back.y - y) <= max(1, height / (fit.extent[1] if fit.extent[1] > 1 else 10_000)), (fit, y, back)


@pytest.mark.parametrize(("x", "y"), [(644, 0), (0, 392), (-1, 0), (0, -0.5), (float("nan"), 0), (0, float("inf"))])
def test_a_point_outside_the_picture_is_refused_not_clamped(x: float, y: float) -> None:
    with pytest.raises(ValueError, match="inside the picture"):
        dialect_named("qwen2.5-vl").fit((640, 400)).to_screen(x, y)


def test_the_two_axes_have_scales_of_their_own() -> None:
    fit = dialect_named("qwen2.5-vl").fit((1920, 1080))
    assert fit.picture == (1932, 1092)
    assert fit.to_screen(1931, 1091) == Point(1919, 1079)
    assert fit.to_screen(966, 546) == Point(960, 540)


def test_tokens_bound_the_picture() -> None:
    small = dialect_named("qwen2.5-vl", max_tokens=64)
    for size in ((1920, 1080), (1080, 2400), (1280, 800)):
        assert small.sizes.tokens(small.fit(size).picture) <= 64
    tiles = dialect_named("internvl2.5")
    assert tiles.sizes.tokens(tiles.fit((1920, 1080)).picture) == 9 * 256, "eight tiles and a thumbnail"


def test_a_screen_that_stays_is_resized_once() -> None:
    pixels = Toy().observe().pixels
    assert resized(pixels, (280, 168)) is resized(pixels, (280, 168))
    assert resized(pixels, (280, 168)) is not resized(pixels.copy(), (280, 168))


def test_sides_too_far_apart_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="at most 200:1; found 1x300"):
        smart_resize((1, 300), 28, 3136, 12845056)


def test_the_readme_says_what_a_screen_costs_in_each_dialect() -> None:
    assert picture_table() in README

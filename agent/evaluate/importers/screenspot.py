"""ScreenSpot and ScreenSpot-Pro: each item is one target to click, imported as an episode of one click."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from agent.evaluate.gold import Area, Gold, GoldAnswer
from agent.evaluate.gold_file import Corners
from agent.evaluate.importers.imported_episode import ImportedEpisode, ImportedStep, json_files, load_screenshot
from agent.recordings.untrusted import Untrusted, read_bytes, read_json, validated
from agent.validation import ForeignRecord, Many
from devices import Click, Point


class ScreenSpotItem(ForeignRecord):
    """`bbox` is left, top, width, height: pixels of the image."""

    bbox: Corners
    instruction: str
    data_type: str
    data_source: str = ""
    platform: str = ""
    img_filename: str = ""
    image: str = ""

    @property
    def file(self) -> str:
        return self.img_filename or self.image


class ScreenSpotProItem(ForeignRecord):
    """`bbox` is left, top, right, bottom: pixels of the image, whose size is `img_size`."""

    bbox: Corners
    instruction: str
    img_filename: str
    img_size: tuple[int, int]
    ui_type: str
    platform: str = ""
    group: str = ""


ITEMS = TypeAdapter(Many[ScreenSpotItem])
ITEMS_OF_PRO = TypeAdapter(Many[ScreenSpotProItem])
PLATFORMS = {"ios": "mobile", "android": "mobile", "mobile": "mobile", "macos": "desktop", "windows": "desktop",
             "desktop": "desktop"}  # fmt: skip
"""`data_source` names the system for two of ScreenSpot's platforms; anything else is a web site or a tool on one."""


def episodes(source: Path) -> Iterator[ImportedEpisode]:
    """An episode for each item of ScreenSpot v1 or v2: a JSON list or JSON lines, in a file or a folder of files."""
    for file in _files(source):
        for at, item in enumerate(validated(ITEMS.validate_python, _items(file), str(file))):
            left, top, width, height = item.bbox
            platform = item.platform or _platform(file, item.data_source)
            area = Area(left, top, left + width, top + height)
            yield _episode(file, at, item.file, item.instruction, area, f"{platform}/{item.data_type}", None)


def episodes_of_pro(source: Path) -> Iterator[ImportedEpisode]:
    """An episode for each item of ScreenSpot-Pro: JSON lists, in a file or a folder of files. Raises `Untrusted`."""
    for file in _files(source):
        for at, item in enumerate(validated(ITEMS_OF_PRO.validate_python, _items(file), str(file))):
            group = f"{item.group or item.platform}/{item.ui_type}"
            yield _episode(file, at, item.img_filename, item.instruction, Area(*item.bbox), group, item.img_size)


def _episode(
    file: Path, at: int, image: str, instruction: str, area: Area, group: str, size: tuple[int, int] | None
) -> ImportedEpisode:
    where = f"{file} item {at}"
    if not image:
        raise Untrusted(f"{where} names no image")
    if area.right < area.left or area.bottom < area.top:
        raise Untrusted(f"{where}: the box ends before it begins; is it of the other ScreenSpot's order?")
    seen = load_screenshot(file.parent, _image_path(file.parent, image), size)
    middle = [max(-(10**6), min(10**6, (area.left + area.right) / 2)), (area.top + area.bottom) / 2]
    click = Click(Point(round(middle[0]), round(max(-(10**6), min(10**6, middle[1])))))
    if click.at not in area:
        raise Untrusted(f"{where}: no pixel lies in its box")
    surface = "phone" if group.startswith("mobile/") else "computer"
    gold = Gold((GoldAnswer(click, (area,)),), seen.size, "phone" if surface == "phone" else "computer", group=group)
    step = ImportedStep(seen, gold, instruction)
    dataset = "screenspot" if size is None else "screenspot-pro"
    name = f"{Path(image).stem}-{at}"
    return ImportedEpisode(name, instruction, dataset, "screenspot", gold.surface, (step,))


def _files(source: Path) -> list[Path]:
    if source.is_dir() and (lines := sorted(source.glob("*.jsonl"))):
        return lines
    return list(json_files(source))


def _items(file: Path) -> Any:
    data = read_bytes(file.parent, file.name)
    if file.suffix == ".jsonl":
        return [read_json(line, f"{file} line {at}") for at, line in enumerate(data.splitlines(), start=1) if line]
    return read_json(data, str(file))


def _image_path(folder: Path, image: str) -> str:
    """Beside the annotations, or where the data sets keep their images."""
    candidates = (image, f"images/{image}", f"screenspot_imgs/{image}")
    return next((each for each in candidates if ".." not in image and (folder / each).exists()), image)


def _platform(file: Path, source: str) -> str:
    """ScreenSpot's files are named for their platform."""
    in_name = (each for each in ("mobile", "desktop", "web") if each in file.stem)
    return next(in_name, PLATFORMS.get(source.lower(), "web"))

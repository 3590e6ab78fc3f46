"""The applications of a phone, and which of them a name means: by label and package, without a model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from devices.device import ActionRefused

LIST = "cmd package query-activities -a android.intent.action.MAIN -c android.intent.category.LAUNCHER"
START = "am start -W -a android.intent.action.MAIN -c android.intent.category.LAUNCHER -n"
MIN_SIMILARITY = 80.0
"""Minimum similarity, 0 to 100, to accept a name."""

_COMPONENT = re.compile(r"\s*([A-Za-z][\w.]*)/([\w.$]+)\s*")
_FIELD = re.compile(r"\b(name|packageName|nonLocalizedLabel)=(.*?)(?=\s+(?:icon|banner|labelRes|taskAffinity)=|$)")
_EMPTY_WORDS = frozenset(
    ("com", "org", "net", "io", "android", "google", "apps", "app", "activity", "main", "mobile", "launcher", "ui")
)


@dataclass(frozen=True, slots=True)
class InstalledApp:
    """An application that the launcher shows: its main activity, and its label where the phone lists it, else ""."""

    package: str
    activity: str
    label: str = ""

    @property
    def component(self) -> str:
        return f"{self.package}/{self.activity}"

    @property
    def name(self) -> str:
        """Its name for people: the label, else the distinctive words of its package."""
        return self.label or " ".join(_words(self.package)) or self.package


def read_apps(text: str) -> list[InstalledApp]:
    """The applications that `LIST` prints, long or with `--brief`, each once."""
    apps: dict[str, InstalledApp] = {}
    for block in re.split(r"^\s*Activity #\d+:", text, flags=re.MULTILINE):
        fields: dict[str, str] = {}
        for line in block.splitlines():
            if brief := _COMPONENT.fullmatch(line):
                apps.setdefault(f"{brief[1]}/{brief[2]}", InstalledApp(brief[1], brief[2]))
            for field in _FIELD.finditer(line):
                value = field[2].strip()
                if value not in ("", "null"):
                    fields.setdefault(field[1], value)
        if "name" in fields and "packageName" in fields:
            app = InstalledApp(fields["packageName"], fields["name"], fields.get("nonLocalizedLabel", ""))
            apps.setdefault(app.component, app)
    return list(apps.values())


def app_named(name: str, apps: Sequence[InstalledApp]) -> InstalledApp:
    """The application that a person means by `name`: its label, its package, or something close to either.

    Raises `ActionRefused` with the nearest names when none is close, or several are equally close.
    """
    wanted = _folded(name)
    exact = [app for app in apps if wanted in (_folded(app.label), app.package.casefold(), app.component.casefold())]
    if len(exact) == 1:
        return exact[0]
    if exact:
        packages = ", ".join(app.package for app in exact)
        raise ActionRefused(f"several applications are named {name!r}: open one of {packages} by that name")
    ranked = sorted(((_similarity(wanted, app), app) for app in apps), key=lambda pair: -pair[0])
    best = [app for score, app in ranked if score >= MIN_SIMILARITY and score == ranked[0][0]]
    if len(best) == 1:
        return best[0]
    near = ", ".join(f"{app.name} ({app.package})" for _, app in ranked[:3])
    if best:
        raise ActionRefused(f"several applications may be meant by {name!r}: {near}. Say which")
    raise ActionRefused(
        f"no application named {name!r} is installed; {f'nearest are {near}' if near else 'the phone lists none'}"
    )


def _similarity(wanted: str, app: InstalledApp) -> float:
    """How well a folded name fits an application, 0 to 100; a package is a weaker hint than a label."""
    if app.label:
        label = _folded(app.label)
        return max(fuzz.ratio(wanted, label), 0.95 * fuzz.token_set_ratio(wanted, label))
    words = [*_words(app.package), *_words(app.activity.removeprefix(app.package))]
    single = max((fuzz.ratio(wanted.replace(" ", ""), word) for word in words), default=0.0)
    return 0.98 * max(single, fuzz.token_set_ratio(wanted, " ".join(words)))


def _words(dotted: str) -> list[str]:
    """The distinctive words of a package or class: `GoogleCamera` is google and camera."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", dotted)
    return [part.lower() for part in parts if part.lower() not in _EMPTY_WORDS and len(part) > 1]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split()).removesuffix(" app")

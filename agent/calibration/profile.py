"""What calibration found of a model, kept for later runs."""

import hashlib
import os
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.dialects.spaces import Absolute, Relative, Space
from agent.validation import flaws


@dataclass(frozen=True, slots=True)
class Profile:
    """In which `space` the model answers, over that endpoint ("" in this process) and in that dialect.

    `residual` is how far off its answers lay, the median in pixels at 1920x1080; `made` is when, in ISO 8601.
    """

    model: str
    endpoint: str
    dialect: str
    space: Space
    residual: float
    made: str = ""


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class _Absolute(_Read):
    kind: Literal["absolute"]
    factor: int = Field(ge=1, le=1024)
    max_pixels: int | None = Field(ge=1)
    max_side: int | None = Field(ge=1)


class _Relative(_Read):
    kind: Literal["relative"]
    far: float = Field(gt=0, le=1_000_000)


class _Profile(_Read):
    format: Literal[1]
    model: str
    endpoint: str
    dialect: str
    space: Annotated[_Absolute | _Relative, Field(discriminator="kind")]
    residual: float = Field(ge=0)
    made: str


def save_profile(profile: Profile, folder: Path | None = None) -> Path:
    """Write `profile` for later runs, in one go and for its owner only; the file. Raises `OSError`."""
    kind = "absolute" if isinstance(profile.space, Absolute) else "relative"
    made = profile.made or datetime.now(UTC).isoformat(timespec="seconds")
    text = _Profile.model_validate(
        {**asdict(profile), "format": 1, "made": made, "space": {"kind": kind, **asdict(profile.space)}}
    ).model_dump_json(indent=2)
    path = _path(profile.model, profile.endpoint, profile.dialect, folder)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.stem, suffix=".new", delete=False) as file:
        try:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return path


def profile_for(model: str, endpoint: str, dialect: str, folder: Path | None = None) -> Profile | None:
    """What was found of `model` over `endpoint` ("" in this process), spoken to in `dialect`; None before that.

    Raises `ValueError`, naming the file and what to do, for a profile that cannot be read.
    """
    path = _path(model, endpoint, dialect, folder)
    try:
        found = _Profile.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise ValueError(
            f"the profile {path} cannot be read: delete it, or calibrate again: {_reason(error)}"
        ) from error
    match found.space:
        case _Absolute(factor=factor, max_pixels=max_pixels, max_side=max_side):
            space: Space = Absolute(factor, max_pixels, max_side)
        case _Relative(far=far):
            space = Relative(far)
    return Profile(found.model, found.endpoint, found.dialect, space, found.residual, found.made)


def profiles_folder() -> Path:
    """Where profiles are kept: below $XDG_CONFIG_HOME, which is ~/.config unless it is set."""
    home = os.environ.get("XDG_CONFIG_HOME", "")
    base = Path(home) if Path(home).is_absolute() else Path.home() / ".config"
    return base / "screenhand" / "profiles"


def _path(model: str, endpoint: str, dialect: str, folder: Path | None) -> Path:
    """Readable by its beginning, told apart by its end."""
    who = "\n".join((model, endpoint.rstrip("/").removesuffix("/chat/completions"), dialect))
    readable = re.sub(r"[^a-z0-9.]+", "-", model.lower().rpartition("/")[2])[:40].strip("-.") or "model"
    return (folder or profiles_folder()) / f"{readable}-{hashlib.sha256(who.encode()).hexdigest()[:12]}.json"


def _reason(error: Exception) -> str:
    return flaws(error) if isinstance(error, ValidationError) else str(error)

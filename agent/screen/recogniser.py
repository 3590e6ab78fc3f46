"""The recogniser of PP-OCRv6 that comes inside rapidocr's wheel, run by onnxruntime on one piece of text at a time."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.policy import PolicyFailed
from devices.device import Pixels

HEIGHT = 48
"""The height that the model was trained on. A pixel of width costs 0.08 ms of one core; batches gain nothing."""

LEAST_SURE = (0.985, 0.85, 0.75)
"""Minimum mean score of one ideograph in a piece, of two, and of more, to be writing: icons read as one reach 0.98, as
two 0.65 and as more 0.55; writing of 9 to 40 pixels has 0.99 where it is two or more."""

SIGNS = "‘’“”•…−×÷√π≤≥≠±°←→↑↓✓✔✕✖–—€"
"""Signs outside Latin-1 that user interfaces are written with."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character, where its middle lies across the piece (0 to 1), and how sure the model is of it (0 to 1)."""

    text: str
    at: float
    score: float


class Recogniser:
    """Reads the characters of one line of text from its picture. Raises `PolicyFailed` when the model is not there."""

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # two pieces at a time on one core each beat one piece on two
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(model_file()), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        characters = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *characters, " "]
        plain = [i for i, c in enumerate(self._characters) if c == "" or ord(c[0]) < 0x250 or c in SIGNS]
        self._plain = np.array(plain)

    def __call__(self, piece: Pixels) -> tuple[Glyph, ...]:
        """The characters from left to right."""
        import cv2

        piece = _without_underline(piece)
        height, width = piece.shape[:2]
        across = max(16, round(width * HEIGHT / height / 8) * 8)
        scaled = cv2.resize(piece[:, :, ::-1], (across, HEIGHT), interpolation=cv2.INTER_CUBIC)
        given = scaled.astype(np.float32).transpose(2, 0, 1)[None] / 127.5 - 1
        odds: NDArray[np.float32] = self._session.run(None, {self._input: given})[0][0]
        glyphs = self._glyphs(odds, odds.argmax(axis=1))
        signs = [glyph.score for glyph in glyphs if is_ideograph(glyph.text)]
        if signs and sum(signs) / len(signs) < LEAST_SURE[min(len(signs), 3) - 1]:
            # Icons, or letters beside an icon: ask for plain letters only.
            glyphs = self._glyphs(odds, self._plain[odds[:, self._plain].argmax(axis=1)])
        return _slashes(glyphs, piece) if len(glyphs) <= 3 else glyphs

    def _glyphs(self, odds: NDArray[np.float32], best: NDArray[np.int64]) -> tuple[Glyph, ...]:
        found = []
        for at, index in enumerate(best):
            if index and (at == 0 or best[at - 1] != index):
                found.append(Glyph(self._characters[index], (at + 0.5) / len(best), float(odds[at, index])))
        return tuple(found)


def _without_underline(piece: Pixels) -> Pixels:
    """`piece` less the line under a menu's access key, which makes an E of an F.

    Such a line lies under a letter, is wider than it, and lies below the others' baseline; an underscore has nothing
    above it, the tail of a g is no wider than the g, and the foot of an E stands on the line with its neighbours.
    """
    ink = np.abs(piece.astype(np.int16) - piece[0, 0]).max(axis=2) > 40
    height, width = ink.shape
    for row in range(max(6, height - 6), height):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], ink[row].astype(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            others = np.delete(ink, np.s_[start:end], axis=1)
            baseline = others[row - 2 : row].sum(axis=1).max()
            stands = baseline >= max(3, 0.4 * others.sum(axis=1).max(initial=0))
            below_all = stands and others[row].sum() <= 0.3 * baseline
            inked = ink[max(0, row - 9) : row, start:end].any(axis=0)
            letter = inked.mean() >= 0.5 and not inked[[0, -1]].all()
            ends = not ink[row + 2 :, start:end].any()
            if 5 <= end - start <= 16 and end - start < 0.8 * width and below_all and letter and ends:
                cleaned = piece.copy()
                cleaned[row : row + 2, start:end] = piece[0, 0]
                return cleaned
    return piece


def is_ideograph(text: str) -> bool:
    """Whether `text` begins with a sign of the Far East (or a private one): what icons are mistaken for."""
    return bool(text) and ord(text[0]) >= 0x2E80


def _slashes(glyphs: tuple[Glyph, ...], piece: Pixels) -> tuple[Glyph, ...]:
    """`glyphs` with every stroke that leans like a slash read as one: alone, the model takes it for a 1."""
    width = piece.shape[1]
    ink = np.abs(piece.astype(np.int16) - piece[0, 0]).max(axis=2).astype(np.float64)
    half = width / max(len(glyphs), 1) / 2
    result = []
    for glyph in glyphs:
        if glyph.text in ("1", "l", "I", "|"):
            own = ink[:, max(0, round(glyph.at * width - half)) : round(glyph.at * width + half)]
            rows = np.flatnonzero(own.max(axis=1) > 60) if own.size else np.array([], np.int64)
            if len(rows) >= 6:
                x = np.arange(own.shape[1])
                middles = [(own[row] @ x) / own[row].sum() for row in rows]
                quarter = max(2, len(rows) // 4)
                if np.mean(middles[:quarter]) - np.mean(middles[-quarter:]) > 0.2 * len(rows):
                    glyph = Glyph("/", glyph.at, glyph.score)
        result.append(glyph)
    return tuple(result)


def model_file() -> Path:
    """The recogniser's file inside the installed rapidocr. Raises `PolicyFailed` when there is none."""
    spec = find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    files = sorted(folder.glob("*_rec_*.onnx"), reverse=True)
    if not files:
        raise PolicyFailed(
            f"the embedded policy reads the screen with rapidocr's recogniser, and {folder} has no *_rec_*.onnx; "
            "install rapidocr>=3.9"
        )
    return files[0]

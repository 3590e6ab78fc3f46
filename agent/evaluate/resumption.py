"""The answers that an earlier run of the same comparison left behind, so that it goes on where it was stopped."""

from pathlib import Path

from agent.evaluate.comparison_file import ComparisonHeader, partial_of, prediction_in
from agent.evaluate.scoring import Prediction, StepKey
from agent.recordings.untrusted import read_json, validated, whole_lines


def earlier_answers(path: Path, header: ComparisonHeader) -> dict[StepKey, Prediction]:
    """By step, the answers in the comparison at `path` and in its part that a kill left unfinished; {} without either.

    Both are then in one file at `path`, so that a second kill costs nothing. Raises `ValueError` where they were asked
    otherwise than `header` says, and `Untrusted` and `BadRecording`, naming the line, where they cannot be read.
    """
    partial = partial_of(path)
    lines = dict[StepKey, bytes]()
    answers = dict[StepKey, Prediction]()
    for file in (path, partial):
        for number, line in enumerate(whole_lines(file.parent, file.name) if file.exists() else (), start=1):
            where = f"{file} line {number}"
            if number == 1:
                _refuse_other(validated(ComparisonHeader.model_validate, read_json(line, where), where), header, file)
            elif not line.startswith(b'{"summary"'):
                answer = prediction_in(line, where)
                key = answer.episode, answer.step
                answers[key], lines[key] = answer, line
    if partial.exists():
        _merge(path, header, lines)
    return {key: answer for key, answer in answers.items() if answer.move is not None}


def _refuse_other(old: ComparisonHeader, new: ComparisonHeader, file: Path) -> None:
    for name in ("protocol", "mode", "ask", "policy", "settings"):
        before, now = getattr(old, name), getattr(new, name)
        if before != now:
            raise ValueError(
                f"{file} cannot be resumed: its {name} is {before}, now it is {now}; ask as it was asked, or write to "
                "another file"
            )


def _merge(path: Path, header: ComparisonHeader, lines: dict[StepKey, bytes]) -> None:
    """Write `lines` to `path`, an episode's together, and remove the part: until it is resumed it has no summary."""
    first_of_episode = {episode: at for at, (episode, _) in reversed(list(enumerate(lines)))}
    merged = path.with_name(path.name + ".merged")
    with merged.open("wb") as stream:
        stream.write(header.model_dump_json().encode() + b"\n")
        for _, line in sorted(lines.items(), key=lambda each: (first_of_episode[each[0][0]], each[0][1])):
            stream.write(line + b"\n")
    merged.replace(path)
    partial_of(path).unlink()

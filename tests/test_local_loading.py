"""A checkpoint opens, or says in words why it cannot and what to do."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from agent.models.chat import Message, ModelFailed
from agent.models.local.loader import open_local
from devices import Stop
from tests.doubles.tiny_qwen import save_tiny

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("qwen"))


def changed(folder: Path, file: str, change: Callable[[dict[str, object]], None]) -> None:
    path = folder / file
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def without_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"never read")


def cut_weights(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:100_000])


def another_class(folder: Path, name: str) -> None:
    changed(folder, "config.json", lambda config: config.update(architectures=[name]))


def one_layer_more(folder: Path) -> None:
    def add(config: dict[str, object]) -> None:
        text = config["text_config"]
        assert isinstance(text, dict)
        text["num_hidden_layers"] = 4
        del text["layer_types"]

    changed(folder, "config.json", add)


def wider(folder: Path) -> None:
    def widen(config: dict[str, object]) -> None:
        text = config["text_config"]
        assert isinstance(text, dict)
        text["intermediate_size"] = 256

    changed(folder, "config.json", widen)


def without_marks(folder: Path) -> None:
    path = folder / "tokenizer.json"
    path.write_text(path.read_text().replace("<|vision_start|>", "<|gone|>"))
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "Qwen2Tokenizer"}')


BROKEN: tuple[tuple[Callable[[Path], object], str], ...] = (
    (lambda folder: (folder / "config.json").unlink(), r"is no checkpoint: it has no config\.json"),
    (lambda folder: (folder / "config.json").write_text("{"), r"config\.json cannot be read as JSON"),
    (lambda folder: (folder / "config.json").write_text("[]"), r"must hold a JSON object; found list"),
    (lambda folder: another_class(folder, "Qwen3VLForConditionalGeneration"), r"Qwen3VL.* --endpoint .* qwen3-vl$"),
    (lambda folder: another_class(folder, "InternVLChatModel"), r"class InternVLChatModel.*--dialect internvl2\.5$"),
    (lambda folder: another_class(folder, "LlavaForX"), r"LlavaForX.* vLLM .*--dialect generic$"),
    (without_weights, r"no weights as \*\.safetensors \(\*\.bin: pytorch_model\.bin, which are never read"),
    (cut_weights, r"the weights of .* cannot be loaded: .*Download the whole checkpoint again"),
    (one_layer_more, r"lack 12 of the tensors that its config\.json asks for, model\.language_model\.layers\.3"),
    (wider, r"the weights of .* cannot be loaded: .*mismatch.*Download"),
    (lambda folder: (folder / "tokenizer.json").write_text("{}"), r"the tokenizer of .* cannot be loaded"),
    (without_marks, r"must know Qwen's marks; it lacks <\|vision_start\|>"),
)


@pytest.mark.parametrize(("breaks", "complaint"), BROKEN)
def test_a_broken_checkpoint_says_what_is_wrong(
    tiny: Path, tmp_path: Path, breaks: Callable[[Path], object], complaint: str
) -> None:
    folder = copytree(tiny, tmp_path / "broken")
    breaks(folder)
    with pytest.raises(ModelFailed, match=f"(?s){complaint}"):
        open_local(str(folder), stop=Stop(), say=lambda line: None)


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("/no/such/folder", "which is no folder here"),
        ("qwen", "a hub name such as Qwen/Qwen2.5-VL-3B-Instruct; found 'qwen'"),
        (__file__, "which is a file"),
        ("../x/y", "which is no folder here"),
    ],
)
def test_a_name_that_is_neither_folder_nor_hub_name_is_refused(name: str, complaint: str) -> None:
    with pytest.raises(ModelFailed, match=complaint):
        open_local(name, stop=Stop(), say=lambda line: None)


def open_elsewhere(name: str, before: str = "", **environment: str) -> str:
    """What opening `name` complains of in a process of its own, with that environment."""
    program = f"""
import sys
{before}
from agent.models.chat import ModelFailed
from agent.models.local.loader import open_local
from devices import Stop
try:
    open_local(sys.argv[1], stop=Stop(), say=lambda line: None)
except ModelFailed as error:
    sys.exit(str(error))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, name],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_no_network_says_to_give_a_folder_or_an_endpoint(tmp_path: Path) -> None:
    said = open_elsewhere("Qwen/Qwen2.5-VL-3B-Instruct", HF_HUB_OFFLINE="1", HF_HOME=str(tmp_path))
    assert "the hub could not be asked" in said
    assert "Give --model a folder that holds the checkpoint, or --endpoint" in said


@pytest.mark.parametrize("absent", ["torch", "llguidance"])
def test_a_missing_package_is_said_with_the_command_that_installs_it(tiny: Path, absent: str) -> None:
    said = open_elsewhere(str(tiny), before=f"sys.modules[{absent!r}] = None")
    assert "pip install 'screenhand[local]'" in said


def test_too_little_memory_while_loading_is_said(tiny: Path) -> None:
    def fail(done: int, total: int) -> None:
        raise MemoryError

    with pytest.raises(ModelFailed, match=r"not enough memory for .* Use --precision bfloat16, a smaller checkpoint"):
        open_local(str(tiny), stop=Stop(), say=lambda line: None, progress=fail)


def test_where_it_runs_is_said_in_one_line(tiny: Path) -> None:
    said: list[str] = []
    model = open_local(str(tiny), device="cpu", dtype="bfloat16", attention="eager", stop=Stop(), say=said.append)
    (line,) = said
    assert line.startswith(f"{tiny}: 0.00027 billion parameters, bfloat16 on cpu (")
    assert line.endswith("attention eager")
    assert model.complete([Message("user", ("x",))], max_tokens=3).text


def test_a_checkpoint_in_float32_stays_so(tiny: Path) -> None:
    said: list[str] = []
    open_local(str(tiny), stop=Stop(), say=said.append, device="cpu")
    assert "float32 on cpu" in said[0]


@pytest.mark.parametrize(
    ("device", "dtype", "complaint"),
    [("tpu", None, "torch finds no tpu on this machine; it has cpu"), ("cpu", "int4", "precision must be one of")],
)
def test_what_this_machine_cannot_do_is_refused(tiny: Path, device: str, dtype: str | None, complaint: str) -> None:
    with pytest.raises(ModelFailed, match=complaint):
        open_local(str(tiny), device=device, dtype=dtype, stop=Stop(), say=lambda line: None)

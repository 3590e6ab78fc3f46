"""The endpoint's client against a server that we did not write: transformers serve, with a tiny checkpoint."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from agent.models.chat import EndpointRefused, Grammar, Message, Picture
from agent.models.endpoint.address import read_address
from agent.models.endpoint.client import Endpoint
from tests.doubles.transformers_serve import ROOT, transformers_serve

pytest.importorskip("torch")
pytest.importorskip("transformers")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The base URL, and what the server calls its model."""
    checkpoint = tmp_path_factory.mktemp("served") / "tiny"
    making = [sys.executable, "-m", "tests.doubles.tiny_served", str(checkpoint)]  # apart: it lets torchvision in
    subprocess.run(making, cwd=ROOT, check=True, timeout=120)
    with transformers_serve(checkpoint) as url:
        yield url, str(checkpoint)


def test_a_real_server_sees_the_picture_and_counts_its_tokens(served: tuple[str, str]) -> None:
    url, name = served
    model = Endpoint(read_address(url), name)
    picture = Picture(np.zeros((84, 112, 3), np.uint8))
    blind = model.complete((Message("user", ("What is it?",)),), max_tokens=4)
    seeing = model.complete((Message("user", ("What is it?", picture)),), max_tokens=4)
    assert seeing.usage.prompt - blind.usage.prompt == (84 // 28) * (112 // 28) + 2
    assert seeing.usage.completion == 4
    assert not seeing.finished, "a random model does not come to an end by itself"
    model.close()


def test_a_real_server_that_ignores_a_schema_still_answers(served: tuple[str, str]) -> None:
    url, name = served
    model = Endpoint(read_address(url), name)
    grammar = Grammar("", {"type": "object", "properties": {"at": {"type": "array"}}})
    assert model.complete((Message("user", ("Where?",)),), grammar=grammar, max_tokens=4).usage.completion == 4
    model.close()


def test_a_real_server_says_which_model_it_has(served: tuple[str, str]) -> None:
    url, name = served
    with (
        closing(Endpoint(read_address(url), "another")) as model,
        pytest.raises(EndpointRefused, match="HTTP 400") as refusal,
    ):
        model.complete((Message("user", ("Hello",)),))
    assert name[-20:] in str(refusal.value)

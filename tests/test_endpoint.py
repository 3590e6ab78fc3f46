"""The chat model behind an endpoint: what is sent, what is made of the answer, and what is kept from whom."""

import base64
import io
import json
import os
import pickle
import random
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import which
from threading import Thread
from time import monotonic
from typing import Any

import numpy as np
import pytest
from PIL import Image

from agent.episode import Usage
from agent.models.chat import Clip, EndpointDown, EndpointRefused, Grammar, Message, Picture
from agent.models.endpoint.address import read_address
from agent.models.endpoint.api_key import VARIABLE, ApiKey, read_api_key
from agent.models.endpoint.client import CallLimits, Endpoint
from agent.models.endpoint.reply import ErrorInside, NoCompletion, read_reply
from agent.models.endpoint.request import Spelling, body_of
from tests.conftest import until
from tests.doubles.chat_server import chat_server, completion
from tests.doubles.fault_server import Call, choice, fault_server, hangs, http, plays, reply, resets

ROOT = Path(__file__).parent.parent
RUNS = int(os.environ.get("SCREENHAND_FAULTS", "1"))
ASKED = (Message("system", ("Be brief.",)), Message("user", ("What is it?",)))
SCHEMA = Grammar("", {"type": "object", "properties": {"text": {"type": "string", "maxLength": 9}}})


def picture(width: int = 56, height: int = 28) -> Picture:
    return Picture(np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8))


def body(*messages: Message, **options: Any) -> dict[str, Any]:
    usual = {"grammar": None, "spelling": Spelling()} | options
    return body_of("canned", messages, 64, usual["grammar"], usual["spelling"])


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("http://localhost:8000/v1", "http://localhost:8000/v1/chat/completions"),
        ("http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/v1/chat/completions"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1/chat/completions"),
        ("https://api.example.com/v1/chat/completions", "https://api.example.com/v1/chat/completions"),
        ("https://example.com", "https://example.com/chat/completions"),
        ("https://EXAMPLE.com:443/a b".replace(" ", "%20"), "https://example.com/a%20b/chat/completions"),
        ("https://example.com/v1?api-version=3", "https://example.com/v1/chat/completions?api-version=3"),
    ],
)
def test_a_base_url_and_the_full_path_mean_the_same_place(url: str, where: str) -> None:
    address = read_address(url)
    assert f"{address.scheme}://{address.authority}{address.target}" == where


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("http://example.com/v1", "--insecure"),
        ("http://127.0.0.1.example.com/v1", "--insecure"),
        ("http://0.0.0.0:8000/v1", "--insecure"),
        ("https://me:pa55w0rd@example.com/v1", "SCREENHAND_API_KEY"),
        ("localhost:8000/v1", "http://localhost:8000/v1"),
        ("ftp://example.com", "http://localhost:8000/v1"),
        ("https://", "http://localhost:8000/v1"),
        ("https://example.com:99999", "http://localhost:8000/v1"),
        ("https://[::1/v1", "http://localhost:8000/v1"),
        ("https://example.com/v1#top", "'#'"),
        ("https://example.com/v1\r\nX-Evil: 1", "control characters"),
        ("", "http://localhost:8000/v1"),
    ],
)
def test_a_url_that_would_leak_or_is_none_is_refused_in_words(url: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint.replace("[", r"\[")) as refusal:
        read_address(url)
    assert "pa55w0rd" not in str(refusal.value)


def test_plain_http_to_another_machine_needs_to_be_wanted() -> None:
    assert read_address("http://example.com/v1", insecure=True).host == "example.com"


def test_a_key_shows_itself_to_nobody_but_the_server(tmp_path: Path) -> None:
    key = ApiKey("sk-1234567890")
    assert "1234" not in f"{key} {key!r} {[key]}"
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(ValueError, match="one word") as refusal:
        ApiKey("sk-12345 67890")
    assert "1234" not in str(refusal.value)
    assert ApiKey("x").hidden_in("an example") == "an example", "a placeholder is no secret"


def test_a_key_comes_from_where_others_cannot_read_it(tmp_path: Path) -> None:
    environ, file = {VARIABLE: " sk-from-environ\n"}, tmp_path / "key"
    found = read_api_key(None, environ)
    assert found
    assert found.shown_to_server() == "sk-from-environ"
    assert environ == {}, "a program that is started later would inherit it"
    assert read_api_key(None, environ) is None
    file.write_text("sk-from-file\n")
    file.chmod(0o644)
    with pytest.raises(ValueError, match="chmod 600"):
        read_api_key(file, {})
    file.chmod(0o600)
    found = read_api_key(file, {VARIABLE: "other"})
    assert found
    assert found.shown_to_server() == "sk-from-file"
    for bad, complaint in ((b"", "empty"), (b"\xff", "cannot be read"), (b"two words", "one word")):
        file.write_bytes(bad)
        with pytest.raises(ValueError, match=complaint):
            read_api_key(file, {})
    with pytest.raises(ValueError, match="cannot be read"):
        read_api_key(tmp_path / "none", {})


def test_a_server_sees_the_very_pixels() -> None:
    shown = picture()
    (said,) = body(Message("user", ("What?", shown)))["messages"]
    assert said["content"][0] == {"type": "text", "text": "What?"}
    head, _, data = said["content"][1]["image_url"]["url"].partition(",")
    assert head == "data:image/png;base64"
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))), shown.pixels)


def test_words_alone_are_sent_as_words_for_templates_that_take_no_list() -> None:
    assert body(*ASKED)["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "What is it?"},
    ]
    assert (body()["temperature"], body()["max_tokens"]) == (0, 64)


def test_a_clip_becomes_frames_that_are_labelled_with_their_times() -> None:
    clip = Clip(tuple(picture() for _ in range(3)), (12.5, 14.0, 20.0))
    (said,) = body(Message("user", (clip,)))["messages"]
    assert [part["text"] for part in said["content"][::2]] == [f"Frame at t={at} s:" for at in ("12.5", "14", "20")]


def test_what_xgrammar_stumbles_over_is_not_sent_and_names_stay() -> None:
    schema = {
        "type": "object",
        "properties": {"pattern": {"type": "string", "pattern": "a+", "maxLength": 3}, "x-y": {"enum": ["maxLength"]}},
        "anyOf": [{"minLength": 1, "x-guidance": {}}],
    }
    sent = body(grammar=Grammar("", schema), spelling=Spelling("structured_outputs"))["structured_outputs"]["json"]
    assert sent["properties"] == {"pattern": {"type": "string"}, "x-y": {"enum": ["maxLength"]}}
    assert sent["anyOf"] == [{}]


@pytest.mark.parametrize(
    ("taken", "first", "later"),
    [
        (("response_format", "structured_outputs"), 1, 1),
        (("structured_outputs",), 2, 1),
        ((), 3, 1),
    ],
)
def test_the_spelling_of_a_schema_is_found_once(taken: tuple[str, ...], first: int, later: int) -> None:
    def answer(call: Call) -> None:
        sent = json.loads(server.bodies[-1])
        strange = {"response_format", "structured_outputs"} & sent.keys() - set(taken)
        call.wire.sendall(http(b'{"detail": "unexpected field"}', 422) if strange else http(reply()))

    with fault_server(answer) as (server, _):
        model = Endpoint(read_address(server.url), "canned")
        for _ in range(3):
            assert model.complete(ASKED, grammar=SCHEMA).text == "done"
        assert len(server.heads) == first + 2 * later
        assert "maxLength" not in server.bodies[-1].decode()
        model.close()


def test_a_model_that_wants_its_limit_named_otherwise_gets_it_so_from_then_on() -> None:
    def answer(call: Call) -> None:
        old = b"max_tokens" in server.bodies[-1]
        complaint = b'{"error": {"message": "Unsupported parameter: use \'max_completion_tokens\' instead."}}'
        call.wire.sendall(http(complaint, 400) if old else http(reply()))

    with fault_server(answer) as (server, _):
        model = Endpoint(read_address(server.url), "canned")
        for _ in range(2):
            assert model.complete(ASKED, grammar=SCHEMA, max_tokens=9).text == "done"
        sent = [json.loads(each) for each in server.bodies]
        assert len(sent) == 3
        assert sent[-1]["max_completion_tokens"] == 9
        assert "temperature" not in sent[-1]
        assert "response_format" in sent[-1]
        model.close()


def test_a_refusal_that_is_not_about_the_schema_is_told_and_teaches_nothing() -> None:
    def answer(call: Call) -> None:
        call.wire.sendall(http(b'{"message": "context too long"}', 400) if call.number <= 3 else http(reply()))

    with fault_server(answer) as (server, _):
        model = Endpoint(read_address(server.url), "canned")
        with pytest.raises(EndpointRefused, match="context too long"):
            model.complete(ASKED, grammar=SCHEMA)
        model.complete(ASKED, grammar=SCHEMA)
        assert "response_format" in json.loads(server.bodies[-1])
        model.close()


def test_a_call_that_a_server_took_out_stands_in_the_text_again() -> None:
    calls = [
        {"id": "1", "type": "function", "function": {"name": "computer_use", "arguments": '{"action": "wait"}'}},
        {"function": {"name": "b", "arguments": {"é": 1}}},
        {"function": {"name": "c", "arguments": '{"cut": '}},
    ]
    message = {"role": "assistant", "content": "I wait.", "tool_calls": calls, "reasoning_content": "hm"}
    found = read_reply(choice(message=message, finish_reason="tool_calls"))
    assert found.finished
    assert found.text == (
        'I wait.\n<tool_call>\n{"name": "computer_use", "arguments": {"action": "wait"}}\n</tool_call>\n'
        '<tool_call>\n{"name": "b", "arguments": {"é": 1}}\n</tool_call>\n'
        '<tool_call>\n{"name": "c", "arguments": {"cut": }\n</tool_call>'
    )


def test_tokens_are_counted() -> None:
    with chat_server(lambda _: completion("done", prompt=1200, written=34)) as (url, _):
        model = Endpoint(read_address(url), "canned")
        assert model.complete(ASKED).usage == Usage(1200, 34)
        model.close()
        model.close()


@pytest.mark.parametrize("way", ["closed", "left open"])
def test_a_process_that_asked_an_endpoint_ends(way: str) -> None:
    program = (
        "from agent.models.chat import Message; from agent.models.endpoint.address import read_address\n"
        "from agent.models.endpoint.client import Endpoint; import sys\n"
        "model = Endpoint(read_address(sys.argv[1]), 'canned')\n"
        "print(model.complete([Message('user', ('?',))]).text)\n"
        "if sys.argv[2] == 'closed': model.close()"
    )
    with chat_server(lambda _: "done") as (url, _):
        ended = subprocess.run([sys.executable, "-c", program, url, way], cwd=ROOT, capture_output=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"done\n", b"")


def test_the_second_call_uses_the_first_ones_connection() -> None:
    with chat_server(lambda _: "done") as (url, asked):
        model = Endpoint(read_address(url), "canned")
        model.complete(ASKED)
        (first,) = model._idle
        model.complete(ASKED)
        assert model._idle == [first]
        model.close()
    assert len(asked) == 2


def test_a_person_who_waits_hears_of_it_within_five_seconds() -> None:
    heard: list[tuple[float, str]] = []
    with fault_server(lambda call: (resets() if call.number == 1 else hangs())(call)) as (server, _):
        began = monotonic()
        say = lambda words: heard.append((monotonic() - began, words))  # noqa: E731 - three words
        model = Endpoint(read_address(server.url), "canned", limits=CallLimits(seconds=5.4, pause=0.01), say=say)
        with pytest.raises(Exception, match=r"within 5.4 s \(attempt 2 of 4 after the connection"):
            model.complete(ASKED)
    ((at, words),) = heard
    assert at < 5.3
    assert words.startswith("waiting for the model: 5 s; attempt 2 of 4 after")


@pytest.mark.parametrize("way", ["alone", "run"])
def test_ctrl_c_is_obeyed_within_200_ms_during_a_call(way: str) -> None:
    for _ in range(RUNS):
        with fault_server(hangs()) as (server, _):
            command = [sys.executable, "-m", "tests.doubles.asking_program", server.url, way]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
                until(lambda heads=server.heads: heads, 30)  # type: ignore[misc]
                asked = monotonic()
                program.send_signal(signal.SIGINT)
                at, how = program.communicate(timeout=30)[0].split()
        assert how == "stopped"
        assert float(at) - asked < 0.2


def recorded() -> list[bytes]:
    """50 replies as servers send them: calls in the text, calls taken out of it, other alphabets, thoughts."""
    draw, bodies = random.Random(7), []
    for number in range(50):
        x, y, text = (
            draw.randrange(1932),
            draw.randrange(1092),
            draw.choice(("Ada", 'naïve \\ "quoted"', "你好", "}]}")),
        )
        arguments = {"action": draw.choice(("left_click", "type")), "coordinate": [x, y], "text": text}
        call = {"name": "computer_use", "arguments": arguments}
        if number % 2:
            said: dict[str, Any] = {"content": f"I click.\n<tool_call>\n{json.dumps(call)}\n</tool_call>"}
        else:
            function = {"name": "computer_use", "arguments": json.dumps(arguments, ensure_ascii=False)}
            said = {"content": None, "tool_calls": [{"id": "1", "type": "function", "function": function}]}
        whole = completion("") | {"choices": [{"finish_reason": "stop", "message": {"role": "assistant"} | said}]}
        bodies.append(json.dumps(whole, ensure_ascii=bool(number % 3)).encode())
    return bodies


def test_a_reply_cut_at_any_byte_is_no_reply() -> None:
    cuts = 0
    for whole in recorded():
        assert read_reply(whole).finished
        for end in range(len(whole)):
            with pytest.raises((NoCompletion, ErrorInside)):
                read_reply(whole[:end])
            cuts += 1
    assert cuts > 10_000


def test_bytes_that_a_hostile_server_makes_up_are_a_reply_or_an_error_and_nothing_else() -> None:
    draw, bodies, readable = random.Random(13), recorded(), 0
    for _ in range(20_000):
        body = bytearray(draw.choice(bodies))
        for _ in range(draw.randrange(1, 4)):
            at = draw.randrange(len(body))
            match draw.randrange(3):
                case 0:
                    body[at] = draw.randrange(256)
                case 1:
                    body[at:at] = draw.choice((b"null", b"[", b"]", b'"', b"\\ud83d", b"-1", b"1e999", b"NaN", b"\xff"))
                case 2:
                    del body[at : at + draw.randrange(20)]
        try:
            read_reply(bytes(body)).text.encode()  # what cannot be written would kill the recorder
            readable += 1
        except (NoCompletion, ErrorInside):
            pass
    assert 1_000 < readable < 19_000, "the test proved nothing about one of both"


def test_a_reply_cut_on_its_way_is_no_reply_however_it_is_framed() -> None:
    draw = random.Random(11)
    for whole in recorded():
        end = draw.randrange(len(whole))
        for head in (b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(whole)):
            with fault_server(plays(head + whole[:end])) as (server, _):
                model = Endpoint(read_address(server.url), "canned", limits=CallLimits(attempts=1))
                with pytest.raises(Exception, match="cut"):
                    model.complete(ASKED)
                model.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a key and a certificate for localhost that nobody vouches for."""
    if not which("openssl"):
        pytest.skip("openssl is not installed: sudo apt install openssl")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(file), "-out", str(file.with_suffix(".crt"))]
    subprocess.run(made, check=True, capture_output=True)
    file.write_text(file.read_text() + file.with_suffix(".crt").read_text())
    return file


@contextmanager
def tls_server(certificate: Path) -> Iterator[str]:
    """A server that speaks TLS and then one good reply a connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def serve() -> None:
        while True:
            try:
                wire = door.accept()[0]
            except OSError:
                return
            with suppress(OSError), context.wrap_socket(wire, server_side=True) as secured:
                while b"user" not in secured.recv(65536):
                    pass
                secured.sendall(http(reply()))

    with socket.create_server(("127.0.0.1", 0)) as door:
        Thread(target=serve, daemon=True).start()
        yield f"https://localhost:{door.getsockname()[1]}/v1"
        door.shutdown(socket.SHUT_RDWR)


def test_a_certificate_that_nobody_vouches_for_gets_neither_key_nor_screen(certificate: Path) -> None:
    with tls_server(certificate) as url:
        model = Endpoint(read_address(url), "canned", key=ApiKey("sk-1234567890"))
        with pytest.raises(EndpointRefused, match="certificate that nobody vouches for"):
            model.complete(ASKED)


def test_a_certificate_that_the_system_trusts_is_enough(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    with tls_server(certificate) as url:
        model = Endpoint(read_address(url), "canned")
        assert model.complete(ASKED).text == "done"
        assert model.complete(ASKED).text == "done"
        model.close()


def test_https_to_a_server_of_plain_http_says_so_and_a_silent_one_is_left_in_time() -> None:
    with chat_server(lambda _: "done") as (url, _), socket.create_server(("127.0.0.1", 0)) as silent:
        plain = read_address(url.replace("http:", "https:"))
        with pytest.raises(EndpointRefused, match="is it https"):
            Endpoint(plain, "canned").complete(ASKED)
        began = monotonic()
        address = read_address(f"https://127.0.0.1:{silent.getsockname()[1]}/v1")
        with pytest.raises(EndpointDown, match="timed out"):
            Endpoint(address, "canned", limits=CallLimits(seconds=0.5)).complete(ASKED)
        assert monotonic() - began < 1.5

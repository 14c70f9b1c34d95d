"""A chat endpoint as a language model, against a server of our own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from mingjian.engines.loading import load_engines
from mingjian.engines.openai import ChatModel
from mingjian.errors import EngineError
from mingjian.testing import check_language_model


class Handler(BaseHTTPRequestHandler):
    """Answers every question with what it was asked, or with what the path says."""

    asked: list[tuple[str | None, dict[str, object]]]

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.headers["Authorization"], question))
        content = {"choices": [{"message": {"content": question["messages"][0]["content"]}}]}
        if self.path.startswith("/cut/"):
            self.wfile.write(b"no status line\r\n\r\n")
            return
        answer = b"no JSON" if self.path.startswith("/odd/") else json.dumps(content).encode()
        self.send_response(500 if self.path.startswith("/broken/") else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    Handler.asked = []
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_it_passes_the_suite(address: str) -> None:
    check_language_model(ChatModel(f"{address}/v1", "small"))


def test_it_asks_without_chance_and_with_the_key(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1/")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    model = load_engines("openai:small:7b").model
    assert model is not None
    assert model.name == "openai:small:7b"
    assert model.complete("岚州？") == "岚州？"
    ((authorization, question),) = Handler.asked
    assert authorization == "Bearer k"
    assert (question["model"], question["temperature"], question["seed"]) == ("small:7b", 0, 0)


@pytest.mark.parametrize("path", ["/odd", "/broken", "/cut"])
def test_an_endpoint_that_gives_no_answer_is_named(address: str, path: str) -> None:
    with pytest.raises(EngineError, match="gave no answer"):
        ChatModel(address + path, "small").complete("?")


@pytest.mark.parametrize(
    ("named", "url", "problem"),
    [
        ("openai", "http://a.example", "no model"),
        ("openai:m", "", "no address"),
        ("openai:m", "file:///etc", "no address"),
    ],
)
def test_without_model_or_address_it_says_what_to_give(
    named: str, url: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    with pytest.raises(EngineError, match=problem):
        load_engines(named)


@pytest.mark.parametrize("url", ["http://a b.example", "http://a.example:port", "http://[", "http://例.example/路"])
def test_an_odd_address_is_named(url: str) -> None:
    with pytest.raises(EngineError, match="gave no answer"):
        ChatModel(url, "small").complete("?")


@pytest.mark.parametrize("key", ["密钥", "one\ntwo"])
def test_an_odd_key_is_refused_and_not_printed(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://a.example")
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(EngineError, match="OPENAI_API_KEY") as refused:
        load_engines("openai:m")
    assert key not in str(refused.value)

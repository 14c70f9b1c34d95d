"""Any endpoint that speaks the chat protocol of OpenAI, local or remote, as a ``LanguageModel``.

``--engine openai:MODEL``; the address is read from ``OPENAI_BASE_URL`` (such as ``http://localhost:11434/v1``) and the
key, where one is needed, from ``OPENAI_API_KEY``. The texts of the pages are sent there.
"""

from __future__ import annotations

import os
from http.client import HTTPException
from urllib.request import Request, urlopen

import msgspec

from mingjian.errors import EngineError

_SECONDS = 300
_SCHEMES = ("http://", "https://")


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class ChatModel(msgspec.Struct, frozen=True):
    """A model at an endpoint, asked without chance as far as the endpoint heeds it (temperature 0, a fixed seed)."""

    url: str
    model: str
    key: str = ""

    @property
    def name(self) -> str:
        """The model's own name; whether the endpoint keeps what it serves under it is not ours to say."""
        return f"openai:{self.model}"

    def complete(self, prompt: str) -> str:
        """The model's answer; ``EngineError`` where the endpoint gives none."""
        question = {
            "model": self.model,
            "messages": [{"role": "user", "content": prompt}],
            "temperature": 0,
            "seed": 0,
            "response_format": {"type": "json_object"},
        }
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        address = f"{self.url.rstrip('/')}/chat/completions"
        try:
            request = Request(address, msgspec.json.encode(question), headers)  # noqa: S310 - the scheme was checked
            with urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
                return msgspec.json.decode(response.read(), type=_Completion).choices[0].message.content
        except (OSError, HTTPException, ValueError, msgspec.DecodeError, IndexError) as error:
            raise EngineError("openai", f"{address} gave no answer ({error})", "check the address and model") from error


def load(model: str) -> ChatModel:
    """The model of that name at the endpoint that the environment names."""
    url = os.environ.get("OPENAI_BASE_URL", "")  # noqa: TID251 - the shell may look round
    if not model:
        raise EngineError("openai", "no model was named", "write --engine openai:MODEL")
    if not url.startswith(_SCHEMES):
        problem = f"OPENAI_BASE_URL is {url!r}, which is no address"
        raise EngineError("openai", problem, "set it to such as http://localhost:11434/v1")
    key = os.environ.get("OPENAI_API_KEY", "")  # noqa: TID251
    if not (key.isascii() and key.isprintable()):  # an error of the transport would print it
        raise EngineError("openai", "OPENAI_API_KEY holds a character that no key has", "copy it again, on one line")
    return ChatModel(url, model, key)

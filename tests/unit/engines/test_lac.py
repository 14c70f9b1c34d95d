"""LAC-small with the weights of an installed jieba; without the extra ``lac`` there is nothing to test."""

from __future__ import annotations

import struct
from functools import partial
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

from mingjian.core.pipeline.naming import names
from mingjian.engines.loading import load_engines
from mingjian.errors import EngineError
from mingjian.testing import TEXTS, check_recognizer

if find_spec("onnxruntime") is None or find_spec("jieba") is None:
    pytest.skip("the extra lac is not installed", allow_module_level=True)

import numpy as np

from mingjian.engines.lac import onnx_writing, weights
from mingjian.engines.lac.decoding import Chain, decode
from mingjian.engines.lac.network import load_network
from mingjian.engines.lac.recognizer import LacRecognizer, load

SENTENCES = (
    "岚州市科技局局长周岚昨天在北京表示，将与青禾机器人有限公司合作。",
    "王小明和李大伟在上海会见了中国移动通信集团有限公司的代表",
    "会上，（深圳）某公司宣布：“投资３亿元！”",
    "她说",
)


def test_it_passes_the_suite() -> None:
    check_recognizer(load())


def test_it_finds_names_in_any_width_and_case() -> None:
    (found,) = load().recognize([SENTENCES[1]])
    named = [(SENTENCES[1][start:end], label) for start, end, label in found]
    assert named == [("王小明", "PER"), ("李大伟", "PER"), ("上海", "LOC"), ("中国移动通信集团有限公司", "ORG")]
    wide, plain = load().recognize(["ＩＢＭ公司在北京，", "ibm公司在北京,"])
    assert wide == plain


def test_a_text_has_the_same_names_alone_and_among_others() -> None:
    texts = [*SENTENCES, *TEXTS, "，".join(SENTENCES * 9)]
    assert load().recognize(texts) == [load().recognize([text])[0] for text in texts]


def test_it_is_not_asked_of_other_languages() -> None:
    texts = [
        "Google has gone way over the top, but the army group said it was ready in Beijing.",
        "東京オリンピック",
        "IBM在北京",
    ]
    assert [len(found) for found in load().recognize(texts)][::2] == [0, 2]


def test_its_names_carry_the_version_of_the_weights() -> None:
    assert load().name == f"lac-small@{weights.installed_version()}"
    found = names("妈妈给刘思远打了电话。", engines=load_engines("lac"))  # no rule licenses the name
    assert {name.by for name in found if name.label == "PER"} == {f"engine.{load().name}"}


def test_the_network_is_that_of_the_papers_equations() -> None:
    """Each unit step by step, as Paddle's dynamic_gru defines it, against the model that onnxruntime runs."""
    folder = weights.find_folder()
    dictionaries = weights.read_dictionaries(folder)
    coded = [[dictionaries.characters[character] for character in "岚州市在北京"], [80, 1817]]
    scores = load_network(folder)(coded)
    for column, numbers in enumerate(coded):
        assert np.abs(scores[: len(numbers), column] - slow_scores(folder, numbers)).max() < 1e-4


def slow_scores(folder: Path, numbers: list[int]) -> weights.Floats:
    states = weights.read_parameter(folder, "word_emb")[numbers]
    for layer in (0, 1):
        states = np.concatenate([slow_states(folder, states, 2 * layer + way, way) for way in (0, 1)], axis=1)
    return states @ weights.read_parameter(folder, "fc_4.w_0") + weights.read_parameter(folder, "fc_4.b_0")


def slow_states(folder: Path, inputs: weights.Floats, number: int, backward: int) -> weights.Floats:
    given = inputs @ weights.read_parameter(folder, f"fc_{number}.w_0") + weights.read_parameter(
        folder, f"fc_{number}.b_0"
    )
    given = given + weights.read_parameter(folder, f"gru_{number}.b_0")
    flat = weights.read_parameter(folder, f"gru_{number}.w_0").reshape(-1)
    gates, candidate = flat[: 128 * 256].reshape(128, 256), flat[128 * 256 :].reshape(128, 128)
    state: weights.Floats = np.zeros(128, np.float32)
    states = np.zeros((len(inputs), 128), np.float32)
    for step in reversed(range(len(inputs))) if backward else range(len(inputs)):
        update, reset = np.split(1 / (1 + np.exp(-(given[step, :256] + state @ gates))), 2)
        new = np.tanh(given[step, 256:] + (reset * state) @ candidate)
        state = ((1 - update) * state + update * new).astype(np.float32)
        states[step] = state
    return states


def test_decoding_finds_the_best_of_all_chains() -> None:
    rng = np.random.default_rng(1)
    chain = Chain(*(rng.normal(size=size).astype(np.float32) for size in ((3,), (3,), (3, 3))))
    scores = [rng.normal(size=(length, 3)).astype(np.float32) for length in (4, 3, 3, 1)]
    best = [max(chains_of(len(one)), key=partial(worth, chain, one)) for one in scores]
    assert decode(chain, scores) == [list(tags) for tags in best]


def chains_of(length: int) -> list[tuple[int, ...]]:
    return [()] if not length else [(*chain, tag) for chain in chains_of(length - 1) for tag in range(3)]


def worth(chain: Chain, scores: weights.Floats, tags: tuple[int, ...]) -> float:
    steps = sum(scores[step, tag] for step, tag in enumerate(tags))
    follows = sum(chain.follow[before, after] for before, after in pairwise(tags))
    return float(chain.first[tags[0]] + steps + follows + chain.last[tags[-1]])


def parameter(folder: Path, content: bytes) -> Path:
    (folder / "model_baseline").mkdir()
    (folder / "model_baseline" / "w").write_bytes(content)
    return folder


def test_a_parameter_file_is_read(tmp_path: Path) -> None:
    head = struct.pack("<IQIi", 0, 0, 0, 7) + bytes([0x08, 5, 0x10, 2, 0x10, 0x83, 0x00])
    given = weights.read_parameter(parameter(tmp_path, head + struct.pack("<6f", *range(6))), "w")
    assert given.tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 30,
        struct.pack("<IQIi", 0, 0, 0, 4) + bytes([0x08, 6, 0x10, 1]) + b"\x00" * 8,  # numbers of twice the length
        struct.pack("<IQIi", 0, 0, 0, 4) + bytes([0x08, 5, 0x10, 2]) + b"\x00" * 4,  # fewer numbers than it says
        struct.pack("<IQIi", 0, 0, 0, 1) + b"\x80",
    ],
)
def test_what_is_no_parameter_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(EngineError, match="is no parameter"):
        weights.read_parameter(parameter(tmp_path, content), "w")


def test_without_jieba_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    with pytest.raises(EngineError, match=r"mingjian\[lac\]"):
        weights.find_folder()
    assert isinstance(load(), LacRecognizer)


def test_an_attribute_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        onnx_writing.node("Any", [], "out", {"odd": 1.5})


def test_it_has_one_model() -> None:
    with pytest.raises(EngineError, match="'large'"):
        load_engines("lac:large")

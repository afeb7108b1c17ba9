"""The same 500 answers come to the same, by whatever way they are asked about."""

import asyncio
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import polars as pl
import pytest

from benchmarks.loop import rows as sample_rows
from tests.conftest import Tinyv, write_lines
from tests.integrations.conftest import PAGE, Row, as_a_trainer
from tinyv_cli import Verifier
from tinyv_cli.integrations import areal, lighteval, lm_eval, openrlhf, slime, verl
from tinyv_cli.integrations.trl import TinyvReward

COUNT = 500
FIELDS = ("verdict", "evidence", "reward", "proof", "category", "suspect", "rule")

Rewards = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Expected:
    """The rows, and what an audit says of them."""

    rows: list[Row]
    columns: dict[str, list[Any]]

    @property
    def rewards(self) -> Rewards:
        """None where there is no verdict."""
        return self.columns["reward"]

    @property
    def rewards_or_rule(self) -> Rewards:
        """Where a framework has no word for that."""
        by_rule = (float(outcome == "accept") for outcome in self.columns["rule"])
        return [rule if it is None else it for it, rule in zip(self.rewards, by_rule, strict=True)]


@pytest.fixture(scope="module")
def expected(run_in: Tinyv, tmp_path_factory: pytest.TempPathFactory) -> Expected:
    """By an audit with proofs and nano; the last have no gold that can be used."""
    rows = [(row["question"], row["answer"], row["response"]) for row in sample_rows()[: COUNT - 20]]
    rows += [(question, "proof", said) for question, _, said in rows[:20]]
    folder = tmp_path_factory.mktemp("audited")
    lines = [{"question": question, "answer": gold, "response": said} for question, gold, said in rows]
    write_lines(folder / "rows.jsonl", *map(json.dumps, lines))
    done = run_in(folder, "audit", "rows.jsonl", "--no-cache", "-o", "out.parquet")
    assert done.returncode == 0, done.stderr
    audited = pl.read_parquet(folder / "out.parquet")
    columns = {name: audited[f"tinyv_{name}"].to_list() for name in FIELDS}
    assert {"rule", "proof", "disproof", "model", None} <= set(columns["evidence"])
    return Expected(rows, columns)


@pytest.fixture(scope="module", autouse=True)
def settings(environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """As a trainer has them, in a folder of its own."""
    with as_a_trainer(environment, tmp_path_factory.mktemp("trainer"), TINYV_DEADLINE="120"):
        yield


def test_from_python(expected: Expected) -> None:
    """A Verifier, with all that it tells."""
    asked = [{"question": question, "gold": gold, "response": said} for question, gold, said in expected.rows]
    with Verifier(no_cache=True) as verifier:
        found = verifier.verify_many(asked)
    assert {name: [getattr(each, name) for each in found] for name in FIELDS} == expected.columns


def test_from_a_server(expected: Expected, address: str) -> None:
    """`tinyv serve`, by each of its paths."""
    with httpx2.Client(base_url=address, timeout=300) as client:
        asked = [
            {"question": question, "gold": gold, "response": said} for question, gold, said in expected.rows
        ]
        found = client.post("/verify", json=asked).json()
        assert {name: [each[name] for each in found] for name in FIELDS} == expected.columns
        prompts, labels, said = map(list, zip(*expected.rows, strict=True))
        queries = [prompt + each for prompt, each in zip(prompts, said, strict=True)]
        rewards = client.post("/get_reward", json={"query": queries, "prompts": prompts, "labels": labels})
        assert rewards.json()["rewards"] == expected.rewards
        sampled, decided = [], []
        for question, gold, response in expected.rows:
            sample = {"prompt": question, "response": response, "label": gold}
            sampled.append(client.post("/reward", json=sample).json())
            state = {"question": question, "response": response, "answer": gold}
            told = client.post("/decision", json={"state": state, "questions": {"grade": {}}}).json()
            decided.append(told["answers"]["grade"]["score"] if "answers" in told else None)
        assert sampled == expected.rewards_or_rule
        assert decided == expected.rewards


def by_verl(rows: Sequence[Row]) -> Rewards:
    """Its function, with the question where verl may have it."""
    return [
        verl.compute_score("", said, gold, {"question": question})["score"] for question, gold, said in rows
    ]


def by_trl(rows: Sequence[Row]) -> Rewards:
    """Its reward function, all in one batch."""
    prompts, golds, said = map(list, zip(*rows, strict=True))
    return TinyvReward()(prompts=prompts, completions=said, solution=golds)


def by_openrlhf(rows: Sequence[Row]) -> Rewards:
    """Its function, all in one batch."""
    prompts, golds, said = map(list, zip(*rows, strict=True))
    queries = [prompt + each for prompt, each in zip(prompts, said, strict=True)]
    rewards: Rewards = openrlhf.reward_func(queries, prompts, golds)["rewards"]
    return rewards


def by_slime(rows: Sequence[Row]) -> Rewards:
    """Its function of a list of samples."""
    samples = [SimpleNamespace(prompt=prompt, response=said, label=gold) for prompt, gold, said in rows]
    rewards: Rewards = asyncio.run(slime.reward(None, samples))
    return rewards


def by_areal(rows: Sequence[Row]) -> Rewards:
    """Its function."""
    return [areal.reward(prompt, said, [], [], answer=gold) for prompt, gold, said in rows]


def by_lm_eval(rows: Sequence[Row]) -> Rewards:
    """Its function of documents."""
    docs = [({"question": question, "answer": gold}, [said]) for question, gold, said in rows]
    return list(map(_or_none, (lm_eval.process_results(*each)["tinyv"] for each in docs)))


def by_lighteval(rows: Sequence[Row]) -> Rewards:
    """Its numbers of a document."""
    found = []
    for question, gold, said in rows:
        doc = SimpleNamespace(query=question, get_golds=lambda gold=gold: [gold])
        found.append(lighteval.scores(doc, SimpleNamespace(final_text=[said]))["tinyv"])
    return list(map(_or_none, found))


def _or_none(number: float) -> float | None:
    return None if math.isnan(number) else number


@pytest.mark.parametrize("by", [by_trl, by_openrlhf, by_lm_eval, by_lighteval])
def test_without_a_verdict_none(expected: Expected, by: Callable[[Sequence[Row]], Rewards]) -> None:
    """Frameworks that know it."""
    assert by(expected.rows) == expected.rewards


@pytest.mark.parametrize("by", [by_verl, by_slime, by_areal])
def test_without_a_verdict_the_rule(expected: Expected, by: Callable[[Sequence[Row]], Rewards]) -> None:
    """Frameworks that do not."""
    assert by(expected.rows) == expected.rewards_or_rule


def test_in_the_shape_of_others(expected: Expected, nemo_gym: Any, open_instruct: Any, rllm: Any) -> None:
    """Frameworks whose packages cannot be installed here."""
    verifier, server = open_instruct.TinyvVerifier(None), nemo_gym.TinyvServer()
    found: dict[str, list[float]] = {"nemo_gym": [], "open_instruct": [], "rllm": []}
    for question, gold, said in expected.rows:
        row = {"question": question, "expected_answer": gold, "response": {"output_text": said}}
        found["nemo_gym"].append(asyncio.run(server.verify(nemo_gym.TinyvRequest.model_validate(row))).reward)
        found["open_instruct"].append(verifier([], said, gold, question).score)
        task = {"question": question, "ground_truth": gold}
        found["rllm"].append(rllm.evaluate(task, SimpleNamespace(artifacts={"answer": said})).reward)
    assert found == dict.fromkeys(found, expected.rewards_or_rule)


@pytest.mark.frameworks
@pytest.mark.parametrize("by", ["file", "server"])
def test_real_openrlhf(expected: Expected, called: Callable[..., Any], address: str, by: str) -> None:
    """Its executor."""
    where = str(openrlhf.__file__) if by == "file" else f"{address}/get_reward"
    found = called("openrlhf", "openrlhf_rewards.py", where, rows=expected.rows)
    assert [each["rewards"] and each["rewards"][0] for each in found] == expected.rewards


@pytest.mark.frameworks
def test_real_verl(expected: Expected, called: Callable[..., Any]) -> None:
    """Its managers and ours, each with both functions; its own know no question."""
    found = called("verl", "verl_managers.py", rows=expected.rows)
    assert [each["reward_score"] for each in found[-2 * COUNT :]] == [*expected.rewards_or_rule] * 2


@pytest.mark.frameworks
def test_real_verifiers(expected: Expected, called: Callable[..., Any], address: str) -> None:
    """A reward, and both judges."""
    found = called("verifiers", "verifiers_task.py", address, PAGE, rows=expected.rows)
    for name in ("tinyv", "decision", "tinyv_judge"):
        rewards = [None if "error" in each else each["rewards"][name] for each in found]
        assert rewards == expected.rewards, name


@pytest.mark.frameworks
def test_real_inspect(expected: Expected, called: Callable[..., Any], tmp_path: Path) -> None:
    """An eval and scoring its log again."""
    _, *scored = called("inspect", "inspect_eval.py", str(tmp_path / "logs"), rows=expected.rows)
    for values, _ in scored:
        found = [value["tinyv"] if reason is None else None for value, reason in values]
        assert found == expected.rewards


@pytest.mark.frameworks
def test_real_skyrl(expected: Expected, called: Callable[..., Any]) -> None:
    """Steps of its environment."""
    found = called("skyrl", "skyrl_step.py", rows=expected.rows)
    assert [reward for reward, _, _ in found] == expected.rewards_or_rule


@pytest.mark.frameworks
def test_real_lighteval(expected: Expected, called: Callable[..., Any]) -> None:
    """Its own applying of the metric."""
    found, _ = called("lighteval", "lighteval_metric.py", rows=expected.rows)
    assert [_or_none(each["tinyv"]) for each in found] == expected.rewards


@pytest.mark.frameworks
def test_real_lm_eval(expected: Expected, called: Callable[..., Any]) -> None:
    """A task in YAML."""
    found, _ = called("lm_eval", "lm_eval_task.py", PAGE, rows=expected.rows)
    assert [_or_none(each["tinyv"]) for each in found] == expected.rewards

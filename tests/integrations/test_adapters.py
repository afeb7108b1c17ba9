"""Adapters: called in this process as their frameworks call them, and by the frameworks themselves."""

import asyncio
import inspect
import math
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.integrations.conftest import PAGE, as_a_trainer
from tinyv_cli import integrations
from tinyv_cli.integrations import areal, lighteval, lm_eval, openrlhf, shared, slime, verl
from tinyv_cli.integrations.trl import TinyvReward

PAIRS = [("270 minutes", "4 h 30 min"), ("5", "7"), ("5", r"\boxed{5}"), ("proof", "5")]
ROWS = [("How long?", *pair) for pair in PAIRS]
REWARDS = [1.0, 0.0, 1.0, None]
RECOVERED = [1.0, 0.0, 0.0, 0.0]
BY_RULE = [1.0, 0.0, 1.0, 0.0]  # where the framework has no word for "no verdict"
OPTIONS: dict[str, Any] = {"model": "none", "deadline": 60}
LONGEST = 60  # lines of an adapter


@pytest.fixture(scope="module", autouse=True)
def settings(environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """In an empty folder, with a verifier that is open for all tests."""
    folder = tmp_path_factory.mktemp("trainer")
    with as_a_trainer(environment, folder, TINYV_MODEL="none", TINYV_DEADLINE="60"), shared.shared().open():
        yield


def test_verl() -> None:
    """Every sample has the same keys, all numbers; without a verdict the rule's reward, and that it is so."""
    found = [
        verl.compute_score(data_source="", solution_str=said, ground_truth=gold, extra_info={}, **OPTIONS)
        for gold, said in PAIRS
    ]
    assert [each["score"] for each in found] == BY_RULE
    assert [each["tinyv_recovered"] for each in found] == RECOVERED
    assert [each["tinyv_undecided"] for each in found] == [0, 0, 0, 1]
    assert len({tuple(each) for each in found}) == 1
    assert all(isinstance(value, float) for each in found for value in each.values())


def test_verl_awaited_and_evaluated() -> None:
    """The same awaited, with what a reward model's router brings; and a float for `main_eval`."""
    gold, said = PAIRS[0]
    assert inspect.iscoroutinefunction(verl.compute_score_async)
    extra = {"reward_router_address": "nowhere", "reward_model_tokenizer": object()}
    call = verl.compute_score_async("", said, gold, {"question": "How long?"}, **extra, **OPTIONS)
    assert asyncio.run(call)["score"] == 1
    assert verl.compute_score("", said, gold, **OPTIONS) == 1


def test_trl() -> None:
    """None is left out by TRL; what each reward rests on is logged, in both shapes of completions."""
    extra: dict[str, list[Any]] = {}
    metrics: dict[str, float] = {}
    reward = pickle.loads(pickle.dumps(TinyvReward(**OPTIONS)))
    assert reward.__name__ == "tinyv"
    golds, said = zip(*PAIRS, strict=True)
    for completions in (list(said), [[{"role": "assistant", "content": each}] for each in said]):
        found = reward(
            prompts=["How long?"] * 4,
            completions=completions,
            completion_ids=[[]] * 4,
            solution=list(golds),
            trainer_state=SimpleNamespace(global_step=3),
            log_extra=extra.__setitem__,
            log_metric=metrics.__setitem__,
        )
        assert found == REWARDS
    assert extra["tinyv_evidence"] == ["proof", "disproof", "rule", None]
    assert extra["tinyv_reason"][3] == "sentinel_gold"
    assert metrics == {"tinyv/undecided": 0.25, "tinyv/recovered": 0.25}
    with pytest.raises(ValueError, match="no column 'solution'"):
        reward(prompts=[""], completions=["5"], answer=["5"])


def test_openrlhf() -> None:
    """The response is what follows the prompt; where the one query has no verdict there is no reward."""
    golds, said = zip(*PAIRS, strict=True)
    found = openrlhf.reward_func([f"How long? {each}" for each in said], ["How long? "] * 4, golds)
    assert found["rewards"] == found["scores"] == REWARDS
    assert found["extra_logs"]["tinyv_recovered"] == RECOVERED
    assert openrlhf.reward_func(["5"], [""], ["proof"])["rewards"] is None


def test_others() -> None:
    """slime, one sample and several; AReaL; lm-eval, where a failure is no number."""
    samples = [SimpleNamespace(prompt="How long?", response=said, label=gold) for gold, said in PAIRS]
    assert asyncio.run(slime.reward(None, samples)) == BY_RULE
    assert asyncio.run(slime.reward(None, samples[0])) == 1
    assert [areal.reward("", said, [], [], answer=gold, other=1) for gold, said in PAIRS] == BY_RULE
    found = [lm_eval.process_results({"answer": gold}, [said])["tinyv"] for gold, said in PAIRS]
    assert found[:3] == REWARDS[:3] and math.isnan(found[3])


def test_nemo_gym(nemo_gym: Any) -> None:
    """Without a verdict the sample is masked, with the reason; the row's fields come back."""
    rows = [
        {"question": "How long?", "expected_answer": gold, "response": {"output_text": said}}
        for gold, said in PAIRS
    ]
    found = [
        asyncio.run(nemo_gym.TinyvServer().verify(nemo_gym.TinyvRequest.model_validate(row))) for row in rows
    ]
    assert [each.reward for each in found] == BY_RULE
    assert [each.tinyv_recovered for each in found] == RECOVERED
    assert [each.mask_sample for each in found] == [False, False, False, True]
    assert (found[3].failure_kind, found[3].failure_reason) == ("verifier_error", "sentinel_gold")
    assert found[0].failure_kind is found[0].failure_reason is None
    assert found[0].model_dump().items() >= rows[0].items()


def test_open_instruct(open_instruct: Any, caplog: pytest.LogCaptureFixture) -> None:
    """By name and both ways; without a verdict the rule's score, and a warning."""
    verifier = open_instruct.TinyvVerifier(None)
    assert (verifier.name, verifier.weight) == ("tinyv", 1)
    found = [verifier([], said, gold, "How long?", {}) for gold, said in PAIRS]
    assert [each.score for each in found] == BY_RULE
    assert "tinyv_undecided: sentinel_gold" in caplog.messages
    named: dict[str, Any] = {"tokenized_prediction": [], "query": None, "rollout_state": None}
    awaited = [asyncio.run(verifier.async_call(prediction=said, label=gold, **named)) for gold, said in PAIRS]
    assert [each.reasoning for each in awaited] == [each.reasoning for each in found]
    assert found[0].reasoning and found[3].reasoning == "sentinel_gold"


def test_rllm(rllm: Any) -> None:
    """A task and a row of a training; what the agent said, wherever its episode has it."""
    rows = [{"question": "How long?", "ground_truth": gold} for gold, _ in PAIRS]
    told = [SimpleNamespace(artifacts={"answer": said}) for _, said in PAIRS]
    found = [rllm.evaluate(row, episode) for row, episode in zip(rows, told, strict=True)]
    assert [each.reward for each in found] == BY_RULE
    assert [each.is_correct for each in found] == [True, False, True, False]
    signals = [{signal.name: signal.value for signal in each.signals} for each in found]
    assert [each["tinyv_undecided"] for each in signals] == [0, 0, 0, 1]
    assert [each["tinyv_recovered"] for each in signals] == RECOVERED

    gold, said = PAIRS[0]
    task = SimpleNamespace(instruction="How long?", metadata={"ground_truth": gold})
    last, before = (SimpleNamespace(output=None, model_response=text) for text in ("", said))
    spoken = SimpleNamespace(output=None, steps=[before, last])
    returned = SimpleNamespace(output=said, steps=[])
    for trajectories, reward in ([spoken], 1), ([returned], 1), ([], 0):
        episode = SimpleNamespace(artifacts={}, trajectories=trajectories)
        assert rllm.evaluate(task, episode).reward == reward


def test_lighteval() -> None:
    """The numbers of a document: of several samples the mean of those that have a verdict."""
    docs = [SimpleNamespace(query="How long?", get_golds=lambda gold=gold: [gold]) for gold, _ in PAIRS]
    said = [SimpleNamespace(final_text=[text]) for _, text in PAIRS]
    found = [lighteval.scores(doc, each, **OPTIONS) for doc, each in zip(docs, said, strict=True)]
    assert [each["tinyv"] for each in found[:3]] == REWARDS[:3] and math.isnan(found[3]["tinyv"])
    assert [each["rule"] for each in found] == [0, 0, 1, 0]
    assert [each["tinyv_undecided"] for each in found] == [0, 0, 0, 1]
    several = SimpleNamespace(final_text=["4 h 30 min", "270 minutes", "2 h", "5 s"])
    assert lighteval.scores(docs[0], several, **OPTIONS) == {"tinyv": 0.5, "rule": 0.25, "tinyv_undecided": 0}


def test_one_verifier_a_process() -> None:
    """The same options, the same verifier, however they are spelled."""
    assert shared.shared(rule=["exact"], weight=0.5) is shared.shared(weight=0.5, rule=("exact",))
    assert shared.shared(rule="exact") is not shared.shared()


def test_adapters_are_short() -> None:
    """Whoever wants to know what an adapter does reads it."""
    folder = Path(integrations.__file__).parent
    assert {path.name: lines for path in folder.glob("*.py") if (lines := _lines(path)) > LONGEST} == {}


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


@pytest.mark.frameworks
def test_real_trl(called: Callable[..., Any], tmp_path: Path) -> None:
    """Two steps of GRPO, its table of completions and its log."""
    found = called("trl", "trl_two_steps.py", str(tmp_path / "run"))
    assert found["steps"] == 2 and len(found["tables"]) == 2
    assert {"rewards/tinyv/mean", "tinyv/undecided", "tinyv/recovered"} <= set(found["keys"])


@pytest.mark.frameworks
def test_real_trl_async(called: Callable[..., Any]) -> None:
    """Asynchronous GRPO scores in a process that it spawns; what has no verdict moves nothing."""
    found = called("trl", "trl_async_rollouts.py")
    scored = [(reward, "5" in said) for said, reward, _ in found if not math.isnan(reward)]
    assert len(scored) == len(found) / 2 and all(reward == right for reward, right in scored)
    assert {advantage for _, reward, advantage in found if math.isnan(reward)} == {0}


@pytest.mark.frameworks
@pytest.mark.parametrize("by", ["file", "server"])
def test_real_openrlhf(called: Callable[..., Any], address: str, by: str) -> None:
    """Its executor, by a Python file and by HTTP."""
    where = str(openrlhf.__file__) if by == "file" else f"{address}/get_reward"
    found = called("openrlhf", "openrlhf_rewards.py", where, rows=ROWS)
    assert [each["rewards"] and each["rewards"][0] for each in found] == REWARDS


@pytest.mark.frameworks
def test_real_verl(called: Callable[..., Any]) -> None:
    """Its remote manager; its naive and dapo ones and ours with the function and with the awaited one."""
    found = called("verl", "verl_managers.py", rows=ROWS)
    assert [each["reward_score"] for each in found] == BY_RULE * 7
    assert [each["reward_extra_info"]["tinyv_undecided"] for each in found] == [0, 0, 0, 1] * 7


@pytest.mark.frameworks
def test_real_verifiers(called: Callable[..., Any], address: str) -> None:
    """A task with reward, metric and both judges plugged; without a verdict an error and no reward."""
    found = called("verifiers", "verifiers_task.py", address, PAGE, rows=ROWS)
    names = ("tinyv", "decision", "tinyv_judge")
    assert [each["rewards"] for each in found[:3]] == [dict.fromkeys(names, it) for it in REWARDS[:3]]
    assert [each["metrics"]["tinyv_recovered"] for each in found[:3]] == RECOVERED[:3]
    assert "sentinel_gold" in found[3]["error"] and set(found[3]["rewards"]) == {None}


@pytest.mark.frameworks
def test_real_inspect(called: Callable[..., Any], tmp_path: Path) -> None:
    """An eval, and scoring its log again: the rule's score and that after recovery; unscored is neither."""
    status, *scored = called("inspect", "inspect_eval.py", str(tmp_path / "logs"), rows=ROWS)
    assert status == "success"
    for values, metrics in scored:
        assert [value for value, _ in values[:3]] == [
            {"tinyv": reward, "rule": rule} for reward, rule in ((1, 0), (0, 0), (1, 1))
        ]
        assert values[3][1] == "sentinel_gold"
        assert metrics["tinyv"]["accuracy"] == pytest.approx(2 / 3)
        assert metrics["rule"]["accuracy"] == pytest.approx(1 / 3)


@pytest.mark.frameworks
def test_real_lm_eval(called: Callable[..., Any]) -> None:
    """The task of docs/training.md: what has no verdict is not in the mean, but counted."""
    found, over_all = called("lm_eval", "lm_eval_task.py", PAGE, rows=ROWS)
    assert [each["tinyv"] for each in found[:3]] == REWARDS[:3] and math.isnan(found[3]["tinyv"])
    assert over_all == {"tinyv": pytest.approx(2 / 3), "rule": 0.25, "tinyv_undecided": 0.25}


@pytest.mark.frameworks
def test_real_skyrl(called: Callable[..., Any]) -> None:
    """A step of its environment."""
    found = called("skyrl", "skyrl_step.py", rows=ROWS)
    assert [reward for reward, _, _ in found] == BY_RULE
    assert [verdict for _, _, verdict in found] == ["correct", "incorrect", "correct", "undecided"]


@pytest.mark.frameworks
def test_real_lighteval(called: Callable[..., Any]) -> None:
    """A metric applied and aggregated: what has no verdict is not in the mean, but counted."""
    found, over_all = called("lighteval", "lighteval_metric.py", rows=ROWS)
    assert [each["tinyv"] for each in found[:3]] == REWARDS[:3] and math.isnan(found[3]["tinyv"])
    assert over_all == {"tinyv": pytest.approx(2 / 3), "rule": 0.25, "tinyv_undecided": 0.25}

"""The recipe of nano: what it trains is what is asked later, and a run can be continued and repeated."""

import csv
import math
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest

from tests.training.bases import KINDS, write_base
from tinyv_cli.models.llama import LlamaModel
from tinyv_cli.models.merging import merge
from tinyv_cli.models.nano import base_gguf
from tinyv_cli.models.prompts import NanoPrompt
from tinyv_cli.records import Query
from training.generate.facts import fact_groups
from training.groups import Answer, Group, read_groups, share_of, write_groups
from training.natural import natural_groups
from training.pool import Row

pytestmark = pytest.mark.training
torch = pytest.importorskip("torch", reason="the extra [train] is not installed")

from training.adapter import About, UnfitAdapter, export, learnt_network, put  # noqa: E402
from training.agreement import differences  # noqa: E402
from training.averaging import average  # noqa: E402
from training.base import Base  # noqa: E402
from training.batches import TOKENS, batches, shuffled_trees, tree_of  # noqa: E402
from training.mining import hardest  # noqa: E402
from training.network import Network, UnknownBase  # noqa: E402
from training.scoring import log_odds, scores  # noqa: E402
from training.train import Course, Trainer  # noqa: E402


@pytest.fixture(scope="module")
def base() -> Iterator[Base]:
    """nano's base."""
    opened = Base(base_gguf(), NanoPrompt())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def network(base: Base) -> Network:
    """The base with fresh adapters."""
    return base.network("cpu")


GROUPS = [
    Group(
        "made up",
        f"What is {number} plus {3 * number}?" if number % 2 else "",
        str(4 * number),
        tuple(Answer(f"It is {4 * number + more}", more == 0, "here") for more in range(count)),
    )
    for number, count in enumerate((1, 2, 5, 8, 3), start=3)
]


LESSON = list(fact_groups(30, Random(0)))
PROMPTS = LESSON[:13]  # a hundred answers, nearly
COURSE = Course(answers=120, rate=2e-3, measure_every=60)


def asked(model: LlamaModel, groups: list[Group]) -> list[float]:
    """The log odds that llama.cpp gives."""
    said = model([Query(g.question, g.gold, answer.text) for g in groups for answer in g.answers])
    return [math.log(result.p / (1 - result.p)) for result in said if result.p is not None]


def flat(rows: list[list[float]]) -> list[float]:
    """One list of many."""
    return [value for row in rows for value in row]


def test_the_network_is_the_model_that_llama_cpp_runs(base: Base) -> None:
    """nano's base says the same in both, and with nano's adapter, before its weights are quantised."""
    adapter = Path(str(files("tinyv_cli.models.nano"))) / "adapter.gguf"
    for learnt in (None, adapter):
        assert max(differences(base, PROMPTS, learnt, "cpu")) <= 0.02


@pytest.mark.parametrize("kind", KINDS)
def test_each_architecture_is_the_one_of_llama_cpp(kind: str, tmp_path: Path) -> None:
    """With biases, norms of heads, an output of its own, either rotation, and an adapter that was trained."""
    base = Base(write_base(KINDS[kind], tmp_path / "base.gguf"), NanoPrompt())
    assert max(differences(base, PROMPTS, None, "cpu")) <= 0.02

    trainer = Trainer(tmp_path / "run", Course(answers=40, rate=5e-3, rank=4, measure_every=1000), base)
    fresh = flat(log_odds(trainer.network, PROMPTS, base))
    trainer.run(LESSON, {"facts": LESSON[:3]})
    adapter = tmp_path / "adapter.gguf"
    export(trainer.folder / "last.pt", adapter, About("tiny", "1", "for a test", even_odds=0.5))
    assert max(differences(base, PROMPTS, adapter, "cpu")) <= 0.05  # an adapter is kept in 16 bits
    learnt = flat(log_odds(learnt_network(base, adapter, "cpu"), PROMPTS, base))
    assert max(abs(a - b) for a, b in zip(fresh, learnt, strict=True)) > 0.2
    base.close()


def test_what_no_network_is_made_of_is_named(tmp_path: Path) -> None:
    """Another architecture, or rotations that are scaled: nothing is trained on a guess."""
    for words, kind in {
        "gemma3": replace(KINDS["llama"], architecture="gemma3"),
        "scaled": replace(KINDS["llama"], rope_scaling="yarn"),
    }.items():
        path = write_base(kind, tmp_path / f"{words}.gguf")
        with pytest.raises(UnknownBase, match=words):
            Network(path, [1], [2], dtype=torch.float32)


def test_an_adapter_of_another_shape_is_refused(base: Base, network: Network, tmp_path: Path) -> None:
    """What was learnt at one rank, or by another base, is not put into a network."""
    small = Base(write_base(KINDS["qwen2"], tmp_path / "base.gguf"), NanoPrompt())
    for other in (small.network("cpu"), base.network("cpu", rank=2)):
        with pytest.raises(UnfitAdapter, match="of another base, or of another rank"):
            put(network, other.state_dict(), tmp_path / "learnt.pt")
    small.close()


def test_a_tree_says_what_its_prompts_say_alone(base: Base, network: Network) -> None:
    """Answers of a group do not see each other."""
    alone = [
        Group(group.source, group.question, group.gold, (answer,))
        for group in GROUPS
        for answer in group.answers
    ]
    together = flat(log_odds(network, GROUPS, base))
    assert together == pytest.approx(flat(log_odds(network, alone, base)), abs=0.08)


def test_a_batch_holds_each_token_once(base: Base) -> None:
    """The stem of a tree is shared, a branch goes on from its end, and each branch has its own end."""
    trees = [tree_of(group, base) for group in GROUPS]
    for tree, group in zip(trees, GROUPS, strict=True):
        prompts = [tree.stem + branch for branch in tree.branches]
        made = [base.tokens(Query(group.question, group.gold, each.text)) for each in group.answers]
        assert prompts == made
    made_batches = list(batches(trees))
    assert sum(len(batch.labels) for batch in made_batches) == sum(len(group.answers) for group in GROUPS)
    for batch in made_batches:
        assert batch.tokens.numel() <= TOKENS
        assert len(batch.ends) == len(batch.labels)


def test_a_tree_of_any_length_is_read(base: Base, network: Network) -> None:
    """What alone is longer than a batch gets one of its own; each answer has its odds."""
    long = Group("x", "", "1", tuple(Answer(f"{n} " + "word " * 90, False, "") for n in range(24)))
    assert len(tree_of(long, base)) > TOKENS
    assert len(flat(log_odds(network, [long], base))) == 24


def test_another_seed_is_another_order(base: Base) -> None:
    """The seed decides the order of groups, of their answers, and which lose their question."""

    def order(seed: int) -> list[list[int]]:
        trees = shuffled_trees(GROUPS, base, Random(seed), without_question=0.3)
        return [tree.stem + flat_branch for tree in trees for flat_branch in tree.branches]

    assert order(1) == order(1) != order(2)


def test_states_are_averaged(tmp_path: Path) -> None:
    """Each weight is the mean of those of the states; whole numbers and the optimiser are the last one's."""
    networks = [{"a": torch.tensor([1.0, 4.0]), "ids": torch.tensor([7])}, {"a": torch.tensor([3.0, 0.0])}]
    networks[1]["ids"] = torch.tensor([9])
    paths = [tmp_path / "1.pt", tmp_path / "2.pt"]
    for path, network in zip(paths, networks, strict=True):
        torch.save({"network": network, "place": [len(path.name)], "optimizer": {}}, path)
    average(paths, tmp_path / "mean.pt")
    mean = torch.load(tmp_path / "mean.pt", weights_only=True)
    assert mean["network"]["a"].tolist() == [2.0, 2.0] and mean["network"]["ids"].tolist() == [9]
    assert mean["place"] == [4]


def test_a_run_learns_resumes_and_ships(tmp_path: Path, base: Base) -> None:
    """Loss falls; a run that was cut off ends as one that was not; llama.cpp says what was learnt."""
    development = {"facts": LESSON[:6]}
    whole = Trainer(tmp_path / "whole", COURSE, base)
    before = scores(whole.network, LESSON, base)
    whole.run(LESSON, development)
    after = scores(whole.network, LESSON, base)
    assert after.loss < before.loss - 0.05
    kept = {path.name for path in whole.folder.iterdir()}
    assert {"best.pt", "last.pt", "steady.pt", "log.csv", "measured.csv"} <= kept
    with (whole.folder / "measured.csv").open(encoding="utf-8") as file:
        sources = {(row["set"], row["source"]) for row in csv.DictReader(file)}
    assert sources == {("facts", ""), *(("facts", group.source) for group in LESSON[:6])}

    again = Trainer(tmp_path / "again", COURSE, base)
    again.resume(whole.folder / "steady.pt")
    assert 0 < again.seen < 120
    again.run(LESSON, development)
    assert again.step == whole.step
    assert scores(again.network, LESSON, base).loss == pytest.approx(after.loss, abs=0.02)

    adapter, merged = tmp_path / "adapter.gguf", tmp_path / "merged.gguf"
    export(whole.folder / "last.pt", adapter, About("nano", "test", "for a test", even_odds=1.5))
    merge(base_gguf(), adapter, merged, "Q8_0")
    model = LlamaModel(merged, NanoPrompt(), name="merged")
    expected = [odds - 1.5 for odds in flat(log_odds(whole.network, GROUPS, base))]
    assert asked(model, GROUPS) == pytest.approx(expected, abs=0.25)
    assert model.described()["version"] == "test"
    model.close()


def test_the_hardest_answers_are_kept(base: Base, network: Network) -> None:
    """Of many answers those with the worst odds stay, and a few of the others."""
    many = Group("x", "", "7", tuple(Answer(str(n), n == 7, "") for n in range(30)))
    [odds] = log_odds(network, [many], base)
    [kept] = hardest([many], network, base, Random(0))
    worst = sorted(range(30), key=lambda n: odds[n] if n == 7 else -odds[n])[:6]
    assert len(kept.answers) == 8
    assert {many.answers[n] for n in worst} <= set(kept.answers)


def test_groups_are_read_as_they_were_written(tmp_path: Path) -> None:
    """Whatever the text."""
    odd = [*GROUPS, Group("ü", "a\nb", "\u2028\\", (Answer('"', True, "x"),))]
    assert write_groups(tmp_path / "groups.jsonl", odd) == sum(len(group.answers) for group in odd)
    assert list(read_groups([tmp_path / "groups.jsonl"])) == odd


def test_one_question_is_on_one_side() -> None:
    """What a split goes by is neither spaces nor signs, and it spreads questions evenly."""
    assert share_of("What is $x$?") == share_of("what is  x ?")
    assert 0.4 < sum(share_of(f"Question {n}") for n in range(500)) / 500 < 0.6


def test_natural_answers_are_what_tinyv_finds() -> None:
    """Answers are taken out of responses, the same ones once, and alternatives of the gold become golds."""
    rows = [
        Row("s", "Who?", "Ann Bell/A. Bell", r"Clearly \boxed{Ann Bell}.", True),
        Row("s", "Who?", "Ann Bell/A. Bell", "The answer is Ann Bell.", True),
        Row("s", "Who?", "Ann Bell/A. Bell", "Cy Dow", False),
    ]
    first, second = natural_groups(rows, Random(0))
    assert [(answer.text, answer.correct) for answer in sorted(first.answers, key=lambda a: a.text)] == [
        ("Ann Bell", True),
        ("Cy Dow", False),
    ]
    assert second.gold == "Ann Bell"


def test_gold_and_answer_change_places() -> None:
    """Beside a correct answer labels stay; to a wrong one what was right is wrong, and no more is known."""
    said = {"Ms Ann Bell": True, "Ann Bell, a doctor": True, "Cy Dow": False, "Di Eng": False}
    rows = [Row("s", "Who?", "Ann Bell", text, correct) for text, correct in said.items()]
    turned = {
        other.gold: other for seed in range(40) for _, other in [natural_groups(rows, Random(seed), 1.0)]
    }
    assert turned.keys() == said.keys()
    for gold, group in turned.items():
        found = {answer.text: answer.correct for answer in group.answers}
        if said[gold]:
            assert found == {"Ann Bell": True} | {text: is_ for text, is_ in said.items() if text != gold}
        else:
            assert found == dict.fromkeys(["Ann Bell", "Ms Ann Bell", "Ann Bell, a doctor"], False)
    assert len(list(natural_groups(rows, Random(0)))) == 1

"""`tinyv models`, and --model with names of the hub: the client of the hub against a hub on loopback."""

import json
import os
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.conftest import Tinyv, write_lines
from tests.loopback_hub import TOKEN, FakeRepository, LoopbackHub, loopback_hub
from tests.models.test_header import bare_gguf

MODEL = b"GGUF" + os.urandom(1 << 20)
SMALL, LARGE = "TinyV.Q4_K_M.gguf", "TinyV.Q8_0.gguf"
TINYV = "zhangchenxu/TinyV-1.5B"
OFFLINE = {"HF_HUB_OFFLINE": "1"}

Run = Callable[..., Any]


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """A hub with one repository of two files, and the model's own, which has none."""
    with loopback_hub() as hub:
        hub.repositories["o/r"] = FakeRepository({LARGE: MODEL * 2, SMALL: MODEL, "README.md": b"#"})
        hub.repositories[TINYV] = FakeRepository({"model.safetensors": b"{}"})
        yield hub


@pytest.fixture
def run(tinyv_process: Tinyv, hub: LoopbackHub, tmp_path: Path) -> Run:
    """Run a command line with this hub and an empty HF_HOME; variables are given behind it."""

    def with_hub(*arguments: str | Path, **variables: str) -> Any:
        return tinyv_process(
            *arguments, set={"HF_ENDPOINT": hub.endpoint, "HF_HOME": str(tmp_path / "hf"), **variables}
        )

    return with_hub


def test_pull(run: Run, hub: LoopbackHub, tmp_path: Path) -> None:
    """The path is data, the talk says size and place before; what is on disk is not downloaded again."""
    done = run("models", "pull", "hf:o/r")
    assert done.returncode == 0, done.stderr
    path = Path(done.stdout.removesuffix("\n"))
    assert path.read_bytes() == MODEL
    assert path.is_relative_to(tmp_path / "hf")
    assert f"downloading {SMALL} of hf:o/r (1 MB) to {tmp_path / 'hf'}" in done.stderr
    assert hub.paths().count(f"/content/o/r/{SMALL}") == 1

    again = run("models", "pull", f"hf:o/r@{hub.repositories['o/r'].commit}:{SMALL}")
    assert (again.stdout, again.returncode) == (done.stdout, 0)
    assert "downloading" not in again.stderr
    assert hub.paths().count(f"/content/o/r/{SMALL}") == 1


def test_quiet(run: Run) -> None:
    """Nothing but the path."""
    done = run("models", "pull", "hf:o/r", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")


def test_offline(run: Run, hub: LoopbackHub) -> None:
    """With HF_HUB_OFFLINE what is on disk is used and the hub is not asked; what is not says so."""
    pulled = run("models", "pull", "hf:o/r")
    hub.asked.clear()
    offline = run("models", "pull", "hf:o/r", **OFFLINE)
    assert (offline.stdout, offline.returncode) == (pulled.stdout, 0)
    for name in ("hf:o/r:Q8_0", "hf:o/other", "hf:o/r@v2", "tinyv-1.5b"):
        done = run("models", "pull", name, **OFFLINE)
        assert done.returncode == 2
        assert "HF_HUB_OFFLINE is set, and nothing on disk fits" in done.stderr
        assert f"'tinyv models pull {name}' downloads it" in done.stderr
    assert hub.paths() == hub.paths("HEAD") == []


@pytest.mark.parametrize("status", [503, 429, 200])
def test_hub_out_of_order(run: Run, hub: LoopbackHub, status: int) -> None:
    """What is on disk is used where the hub gives no answer that makes sense, and that is said."""
    pulled = run("models", "pull", "hf:o/r:q8_0")
    hub.broken = status
    done = run("models", "pull", "hf:o/r:Q8_0")
    assert (done.stdout, done.returncode) == (pulled.stdout, 0)
    assert "so what is on disk is taken" in done.stderr
    assert run("models", "pull", "hf:o/r").returncode == 0, "the one on disk is the one preferred there"


def test_no_hub(run: Run) -> None:
    """Without a hub and without the file: one line, soon."""
    for name in ("hf:o/r", "tinyv-1.5b"):
        done = run("models", "pull", name, HF_ENDPOINT="http://127.0.0.1:9")
        assert done.returncode == 2
        assert "the hub cannot be reached" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_resumed(run: Run, hub: LoopbackHub) -> None:
    """A transfer that breaks off goes on from where it was."""
    model = b"GGUF" + bytes(30 << 20)  # the client keeps what has come by 10 MB
    hub.repositories["o/r"] = FakeRepository({LARGE: model}, cuts=1)
    done = run("models", "pull", "hf:o/r")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).read_bytes() == model
    first, second = [headers.get("range") for _, path, headers in hub.asked if path.startswith("/content/")]
    assert first is None
    assert second is not None and re.fullmatch(r"bytes=[1-9]\d{6,}-", second)


@pytest.mark.long
def test_other_host_gone(run: Run, hub: LoopbackHub, tmp_path: Path) -> None:
    """A transfer that cannot be had is one line, and leaves no part of a file."""
    hub.repositories["o/r"].gone = True
    done = run("models", "pull", "hf:o/r", "--quiet")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("tinyv: hf:o/r: the hub cannot be reached (Server disconnected")
    assert f"so {SMALL} is not downloaded; run the command again" in done.stderr
    assert not list(tmp_path.rglob("*.gguf")) + list(tmp_path.rglob("*.incomplete"))


def test_wrong_sha256(run: Run, hub: LoopbackHub, tmp_path: Path) -> None:
    """A file that is not what the hub says is removed, and the next try gets the right one."""
    hub.repositories["o/r"].claimed_sha256 = "0" * 64
    done = run("models", "pull", "hf:o/r")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{SMALL} on disk has not the sha256 that the hub gives; it was removed" in done.stderr
    assert not list(tmp_path.rglob("*.gguf")) + list(tmp_path.rglob("0" * 64))
    hub.repositories["o/r"].claimed_sha256 = None
    assert run("models", "pull", "hf:o/r").returncode == 0


@pytest.mark.parametrize("variables", [{}, OFFLINE])
def test_damaged_on_disk(run: Run, variables: dict[str, str]) -> None:
    """A file that was changed on disk is found out, without a network too, and downloaded anew."""
    path = Path(run("models", "pull", "hf:o/r").stdout.strip())
    path.resolve().write_bytes(MODEL[:-1] + b"?")
    done = run("models", "pull", "hf:o/r", **variables)
    assert done.returncode == 2
    assert "run the command again to download it anew" in done.stderr
    assert Path(run("models", "pull", "hf:o/r").stdout.strip()).read_bytes() == MODEL


def test_gated(run: Run, hub: LoopbackHub) -> None:
    """A gated repository says what to do; HF_TOKEN opens it, and is sent to no other host."""
    hub.repositories["o/r"].gated = True
    closed = run("models", "pull", "hf:o/r")
    assert closed.returncode == 2
    assert "its owner decides who may have it" in closed.stderr
    assert "'hf auth login' or set HF_TOKEN" in closed.stderr
    hub.asked.clear()
    opened = run("models", "pull", "hf:o/r", HF_TOKEN=TOKEN)
    assert opened.returncode == 0, opened.stderr
    told = {path.split("/")[1] for _, path, headers in hub.asked if TOKEN in headers.get("authorization", "")}
    assert "o" in told and "content" not in told
    assert TOKEN not in opened.stdout + opened.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hf:o/nosuch", "hf:o/nosuch: the hub has no such repository, or it is private"),
        ("hf:o/r@v2", "hf:o/r@v2: it has no such revision"),
        ("hf:o/r:Q2_K", f"hf:o/r:Q2_K: the repository has no Q2_K; it has {LARGE}, {SMALL}"),
        ("hf:o/r:x.gguf", "has no x.gguf; it has"),
        ("hf:" + TINYV, "the repository holds no .gguf file"),
        ("hf:o/listed", "hf:o/listed: the hub lists this file but does not have it"),
        ("hf:o", "hf:o: no name on the hub; write hf:owner/repo"),
        ("hf:o/r/file.gguf", "no name on the hub"),
        ("hf:o--o/r", "the hub can have no repository of this name"),
        ("tinyv-1.5b", f"no GGUF conversion of {TINYV}; convert it with llama.cpp's convert_hf_to_gguf.py"),
        ("o/r", "o/r: no such model (No such file or directory); --model takes nano"),
    ],
)
def test_not_to_be_had(run: Run, hub: LoopbackHub, name: str, said: str) -> None:
    """One line that names the thing and the next step."""
    hub.repositories["o/listed"] = FakeRepository({SMALL: MODEL}, missing=True)
    done = run("models", "pull", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr


def test_home_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """Where the client cannot keep the file, the error says which variable to set."""
    (tmp_path / "file").touch()
    done = run("models", "pull", "hf:o/r", HF_HOME=str(tmp_path / "file"))
    assert done.returncode == 2
    assert f"could not be kept in {tmp_path / 'file' / 'hub'}" in done.stderr
    assert "set HF_HOME" in done.stderr


DECLARED = ("gguf", f"base_model:quantized:{TINYV}")
ALIAS_CASES: dict[str, tuple[dict[str, FakeRepository], str]] = {
    "the most downloaded of those that declare it": (
        {
            "a/TinyV-1.5B-GGUF": FakeRepository({SMALL: MODEL}, tags=DECLARED, downloads=3),
            "b/verifier": FakeRepository({SMALL: MODEL}, tags=DECLARED, downloads=7),
            "c/TinyV-1.5B-GGUF": FakeRepository({SMALL: MODEL}, tags=("gguf",), downloads=99),
        },
        "b/verifier",
    ),
    "one by the authors": (
        {
            "a/TinyV-1.5B-GGUF": FakeRepository({SMALL: MODEL}, tags=DECLARED, downloads=3),
            "zhangchenxu/TinyV-1.5B-GGUF": FakeRepository({SMALL: MODEL}, tags=DECLARED, downloads=1),
        },
        "zhangchenxu/TinyV-1.5B-GGUF",
    ),
    "if none declares it, one that is named after it and no other model": (
        {
            "a/TinyV-1.5B-Think-GGUF": FakeRepository({SMALL: MODEL}, tags=("gguf",), downloads=50),
            "b/TinyV-1.5B-GGUF": FakeRepository({SMALL: MODEL}, tags=("gguf",), downloads=2),
            "c/TinyV-1.5B-AWQ": FakeRepository({"x.safetensors": b"x"}, downloads=90),
        },
        "b/TinyV-1.5B-GGUF",
    ),
    "its own, should that hold GGUF files": (
        {
            TINYV: FakeRepository({SMALL: MODEL}),
            "a/TinyV-1.5B-GGUF": FakeRepository({SMALL: MODEL}, tags=DECLARED, downloads=3),
        },
        TINYV,
    ),
}


@pytest.mark.parametrize("what", ALIAS_CASES)
def test_alias(run: Run, hub: LoopbackHub, what: str) -> None:
    """An alias finds a repository, says which, and stays with it while it is on disk."""
    repositories, chosen = ALIAS_CASES[what]
    hub.repositories |= repositories
    done = run("models", "pull", "tinyv-1.5b")
    assert done.returncode == 0, done.stderr
    assert f"model tinyv-1.5b: {SMALL} of hf:{chosen}" in done.stderr
    assert "models--" + chosen.replace("/", "--") in done.stdout


def test_alias_stays(run: Run, hub: LoopbackHub) -> None:
    """What is on disk stays the choice when another is downloaded more by now, and without a network."""
    hub.repositories["a/TinyV-1.5B-GGUF"] = FakeRepository({SMALL: MODEL}, tags=DECLARED, downloads=1)
    first = run("models", "pull", "tinyv-1.5b")
    hub.repositories["b/TinyV-1.5B-GGUF"] = FakeRepository({SMALL: MODEL}, tags=DECLARED, downloads=9)
    assert run("models", "pull", "tinyv-1.5b").stdout == first.stdout
    assert run("models", "pull", "tinyv-1.5b", **OFFLINE).stdout == first.stdout
    assert run("models", "pull", "tinyv-1.5b-think", **OFFLINE).returncode == 2


def test_list(run: Run, hub: LoopbackHub) -> None:
    """What can be named, and of what is on disk the size, quant, sha256 and place; the hub is not asked."""
    run("models", "pull", "nano", "--quiet")
    path = run("models", "pull", "hf:o/r").stdout.strip()
    run("models", "pull", "hf:o/r:Q8_0")
    hub.asked.clear()
    listed = {model["name"]: model for model in json.loads(run("models", "list", "--json").stdout)}
    # Fast copies of other models, which other tests have left in the cache, are listed by their paths.
    assert [name for name in listed if not Path(name).is_absolute()] == [
        "nano",
        "tinyv-1.5b",
        "tinyv-1.5b-think",
        "tinyv-qwen3-1.7b",
        "tinyv-qwen3-1.7b-think",
        f"hf:o/r:{SMALL}",
        f"hf:o/r:{LARGE}",
    ]
    assert listed[f"hf:o/r:{SMALL}"] == {
        "name": f"hf:o/r:{SMALL}",
        "path": path,
        "size": len(MODEL),
        "quant": "Q4_K_M",
        "sha256": sha256(MODEL).hexdigest(),
    }
    assert listed["nano"]["sha256"] == sha256(Path(listed["nano"]["path"]).read_bytes()).hexdigest()
    assert listed["tinyv-1.5b"]["path"] is None
    text = run("models", "list").stdout.splitlines()
    assert [line.split()[0] for line in text] == ["name", *listed]
    assert text[2].endswith("not on disk")
    assert text[6].split() == [
        f"hf:o/r:{SMALL}", "1", "MB", "Q4_K_M", sha256(MODEL).hexdigest()[:12], path,
    ]  # fmt: skip
    assert hub.asked == []


def test_show(run: Run, hub: LoopbackHub, base_gguf: Path) -> None:
    """The facts of the file that a name stands for, and how it is asked; nothing is downloaded for it."""
    name = "a/TinyV-Qwen3-1.7B-GGUF"
    hub.repositories[name] = FakeRepository({"x.Q4_1.gguf": base_gguf})
    absent = run("models", "show", f"hf:{name}")
    assert absent.returncode == 2
    assert f"not on disk; 'tinyv models pull hf:{name}' downloads it" in absent.stderr
    path = run("models", "pull", f"hf:{name}").stdout.strip()
    hub.asked.clear()
    facts = json.loads(run("models", "show", f"hf:{name}", "--json").stdout)
    assert facts == {
        "name": f"hf:{name}@{hub.repositories[name].commit}:x.Q4_1.gguf",
        "path": path,
        "size": base_gguf.stat().st_size,
        "sha256": sha256(base_gguf.read_bytes()).hexdigest(),
        "title": "Smollm2 135M 8k Lc100K Mix1 Ep2",
        "version": None,
        "architecture": "llama",
        "quant": "Q4_1",
        "parameters": 134515008,
        "context": 8192,
        "chat_template": True,
        "licence": "apache-2.0",
        "prompt": "tinyv",
        "thinks": False,
    }
    by_alias = json.loads(run("models", "show", "tinyv-qwen3-1.7b", "--json").stdout)
    assert by_alias == {**facts, "prompt": "tinyv-qwen3"}
    said = run("models", "show", "tinyv-qwen3-1.7b").stdout
    assert "chat template  yes\n" in said and f"path           {path}\n" in said
    assert hub.asked == []


def test_nothing_of_a_hub_is_obeyed_by_the_terminal(run: Run, hub: LoopbackHub, tmp_path: Path) -> None:
    """Names of files that hold control characters are not there; those in a header are shown."""
    hub.repositories["o/evil"] = FakeRepository({"\x1b[31mred.Q8_0.gguf": MODEL, "x\n.Q4_K_M.gguf": MODEL})
    done = run("models", "pull", "hf:o/evil")
    assert done.returncode == 2
    assert "holds no .gguf file" in done.stderr
    hub.repositories["o/evil"] = FakeRepository({"../../../escaped.Q8_0.gguf": MODEL})
    done = run("models", "pull", "hf:o/evil")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.rglob("escaped*"))
    path = bare_gguf(tmp_path / "x.gguf", file_type=0, name="\x1b]0;owned\x07")
    shown = run("models", "show", path)
    assert "title          \\x1b]0;owned\\x07\n" in shown.stdout
    assert "quant          F32\n" in shown.stdout


@pytest.mark.long
def test_check_with_a_model_of_the_hub(run: Run, hub: LoopbackHub, base_gguf: Path) -> None:
    """A real model by its name on the hub gives a verdict, and the same one without a network."""
    hub.repositories["o/SmolLM2-GGUF"] = FakeRepository({"SmolLM2.Q4_1.gguf": base_gguf, SMALL: MODEL})
    command = ("check", "-q", "What is 2+3?", "-g", "5", "five", "--json", "--no-cache", "--proofs=off")
    model = ("--model", "hf:o/SmolLM2-GGUF:Q4_1")
    online = run(*command, *model)
    assert "downloading SmolLM2.Q4_1.gguf of hf:o/SmolLM2-GGUF (98 MB)" in online.stderr
    hub.asked.clear()
    offline = run(*command, *model, **OFFLINE)
    assert hub.paths() == []
    said, again = json.loads(online.stdout), json.loads(offline.stdout)
    assert said["evidence"] == again["evidence"] == "model"
    assert 0 < said["p"] == again["p"] < 1


@pytest.mark.long
def test_audit_with_an_alias(run: Run, hub: LoopbackHub, base_gguf: Path, tmp_path: Path) -> None:
    """The file says exactly which weights were asked, and how; an explicit prompt has its way."""
    name = "a/TinyV-Qwen3-1.7B-GGUF"
    hub.repositories["zhangchenxu/TinyV-Qwen3-1.7B"] = FakeRepository({"model.safetensors": b"{}"})
    hub.repositories[name] = FakeRepository({"x.Q4_1.gguf": base_gguf}, tags=("gguf",))
    write_lines(tmp_path / "rows.jsonl", json.dumps({"question": "2+3?", "gold": "5", "response": "five"}))
    for set_, prompt in (({}, "tinyv-qwen3"), ({"TINYV_PROMPT": "tinyv"}, "tinyv")):
        done = run("audit", "rows.jsonl", "--model", "tinyv-qwen3-1.7b", **set_)
        assert done.returncode == 0, done.stderr
        metadata = pq.ParquetFile(tmp_path / "rows.audited.parquet").metadata.metadata
        model = json.loads(metadata[b"tinyv"])["model"]
        assert model["prompt"] == prompt
        assert model["name"] == f"hf:{name}@{hub.repositories[name].commit}:x.Q4_1.gguf"
        assert model["sha256"] == sha256(base_gguf.read_bytes()).hexdigest()


def test_a_bad_source_is_said_before_a_download(run: Run, hub: LoopbackHub, tmp_path: Path) -> None:
    """Nothing is downloaded for a file that cannot be audited."""
    write_lines(tmp_path / "rows.jsonl", json.dumps({"nothing": "of use"}))
    done = run("audit", "rows.jsonl", "--model", "hf:o/r")
    assert done.returncode == 2
    assert "rows.jsonl" in done.stderr
    assert not [path for path in hub.paths() if path.startswith("/content/")]

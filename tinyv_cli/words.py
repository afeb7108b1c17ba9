"""Names and defaults that the command line shows, kept apart so that `--help` imports nothing heavy."""

from enum import StrEnum

DEFAULT_RULE = "math-verify"
COLUMN = "column:"  # how the names of rules begin that read a recorded verdict
NANO, NONE = "nano", "none"
HUB = "hf:"  # how names on the Hugging Face hub begin, of models and of datasets
DEFAULT_MODEL = NANO
RESIDENT = "resident"  # the hidden command that a `Verifier` starts
PROOFS = "proofs"  # the name of their stage
SHOWN = "shown"  # proofs by rounding go by the digits that one side shows
METADATA_KEY = "tinyv"  # under which a Parquet file says how it was made
# How the columns of verifiers begin in a file of scores; the verifier's name follows.
RULE_SCORES, MODEL_SCORES, RUNG_SCORES = "rule ", "p ", "rung "
MODEL_FORMS = (
    "nano, none, a name of 'tinyv models list', hf:owner/repo[:quant or file], a .gguf file, "
    "or the address of a server, http://host:port/v1[#name], or decision+http://host:port/path"
)
AUTO = "auto"
DEFAULT_BATCH_TOKENS = 512
ALL_LAYERS = -1
DEFAULT_PROMPT = "tinyv"
DEFAULT_PASS_RATE = "0.1:0.9"  # of questions that are worth training on
PROMPT_NAMES = ("tinyv", "tinyv-qwen3", "annotator")
DEFAULT_THRESHOLD = 0.5
DEFAULT_WEIGHT = 1.0  # of the model in a reward
DEFAULT_SURE = 0.98
CASCADE = ","  # between the models that are asked in turn
CUT = "cut:"  # how the notes begin that say what a model did not see whole
DEFAULT_CONCURRENCY = 32
DEFAULT_RULE_TIMEOUT = 10.0
DEFAULT_DEADLINE = 5.0
DEFAULT_RULE_MEMORY_MB = 4096
DEFAULT_PART_EXAMPLES = 4096  # of a job that is spread over machines

# How labels spell a truth value, once stripped and in lower case.
TRUE_WORDS = ("true", "1", "1.0", "yes", "right", "correct")
FALSE_WORDS = ("false", "0", "0.0", "no", "wrong", "incorrect")


class Agree(StrEnum):
    """Of two models, which must find an answer correct for it to count as correct."""

    ALL = "all"
    ANY = "any"


class Proofs(StrEnum):
    """Whether it is searched for what settles without a model: proofs, refutations, doubts of an accept."""

    ON = "on"
    OFF = "off"


class Form(StrEnum):
    """Whether a proof keeps to the form that a question asks for, such as a common fraction."""

    ASKED = "asked"
    IGNORE = "ignore"


class Suspects(StrEnum):
    """What an answer counts as that the rule accepts though something speaks against it."""

    CORRECT = "correct"
    INCORRECT = "incorrect"


class Mode(StrEnum):
    """What a reward is made of: the rule and else the model, the model alone, or a mixture of both."""

    ADDON = "addon"
    ONLY = "only"
    MIXED = "mixed"


class Switch(StrEnum):
    """Whether something is done: where it helps, or not, or in any case."""

    AUTO = AUTO
    OFF = "off"
    ON = "on"


class Requantize(StrEnum):
    """In which format weights are run: a fast one where theirs is slow, always theirs, or a given one."""

    AUTO = AUTO
    OFF = "off"
    BF16 = "BF16"
    Q8_0 = "Q8_0"


class OutputFormat(StrEnum):
    """How annotated rows are written, named as the extension of the file is."""

    PARQUET = "parquet"
    JSONL = "jsonl"
    CSV = "csv"


class Only(StrEnum):
    """Which examples are written, where not all are: by the verdict, or by what the rule said."""

    FALSE_NEGATIVES = "false-negatives"
    REJECTED = "rejected"
    CORRECT = "correct"
    INCORRECT = "incorrect"
    UNDECIDED = "undecided"


class ExportAs(StrEnum):
    """What is made of an audited file."""

    RECOVERED = "recovered"
    REWARDS = "rewards"
    LABELS = "labels"
    SFT = "sft"
    PYTEST = "pytest"
    JSONL = "jsonl"
    BENCHMARK = "benchmark"
    QUESTIONS = "questions"
    PRECOMPUTED = "precomputed"
    NOISE = "noise"

"""Names and defaults that the command line shows, kept apart so that `--help` imports nothing heavy."""

DEFAULT_RULE = "math-verify"
NANO, NONE = "nano", "none"
HUB = "hf:"  # how names on the Hugging Face hub begin, of models and of datasets
DEFAULT_MODEL = NANO
PROOFS = "proofs"  # the name of their stage
METADATA_KEY = "tinyv"  # under which a Parquet file says how it was made
# How the columns of verifiers begin in a file of scores; the verifier's name follows.
RULE_SCORES, MODEL_SCORES, RUNG_SCORES = "rule ", "p ", "rung "
MODEL_FORMS = (
    "nano, none, a name of 'tinyv models list', hf:owner/repo[:quant or file], a .gguf file, "
    "or the address of a server, http://host:port/v1[#name]"
)
# The same in a help text, where rich would take [#name] for markup.
MODEL_FORMS_HELP = MODEL_FORMS.replace("[", "\\[")
DEFAULT_BATCH_TOKENS = 512
ALL_LAYERS = -1
DEFAULT_PROMPT = "tinyv"
PROMPT_NAMES = ("tinyv", "tinyv-qwen3")
DEFAULT_THRESHOLD = 0.5
DEFAULT_CONCURRENCY = 32
DEFAULT_RULE_TIMEOUT = 10.0
DEFAULT_RULE_MEMORY_MB = 4096

# How labels spell a truth value, once stripped and in lower case.
TRUE_WORDS = ("true", "1", "1.0", "yes", "right", "correct")
FALSE_WORDS = ("false", "0", "0.0", "no", "wrong", "incorrect")

# The leaves of the paper's taxonomy of false negatives (arXiv 2505.14625), to which proofs belong.
LEAF_NAMES = {
    "1.1": "spacing",
    "1.2": "symbols",
    "1.3": "markup",
    "1.4": "units",
    "1.5": "context",
    "1.6": "other formatting",
    "2.1": "intervals",
    "2.2": "ratios",
    "2.3": "several in one",
    "2.4": "vectors, matrices",
    "2.5": "other notation",
    "3.1": "algebra",
    "3.2": "roots, exponents",
    "3.3": "logs, trigonometry",
    "3.4": "other expressions",
    "4.1": "exact or rounded",
    "4.2": "exact numbers",
    "4.3": "precision",
    "4.4": "other numbers",
    "5.1": "explanations",
    "5.2": "assignments",
    "5.3": "phrasing",
    "5.4": "other words",
    "6.1": "order",
    "6.2": "brackets",
    "6.3": "separators",
    "6.4": "other lists",
    "7.1": "letters",
    "7.2": "subscripts",
    "7.3": "own symbols",
    "7.4": "other symbols",
}

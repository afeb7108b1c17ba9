"""Names and defaults that the command line shows, kept apart so that `--help` imports nothing heavy."""

DEFAULT_RULE = "math-verify"
NANO, NONE = "nano", "none"
HUB = "hf:"  # how names on the Hugging Face hub begin, of models and of datasets
DEFAULT_MODEL = NANO
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

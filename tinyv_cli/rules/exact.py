"""The rule `exact`: the same text, once what never matters is taken away. A baseline, and very fast."""

import re
import unicodedata
from functools import lru_cache

from tinyv_cli.records import Case, RuleOutcome, RuleResult

# Spacing and sizing commands, and the delimiters of a formula, say nothing of the answer.
_MARKUP = re.compile(r"\\(?:left|right|displaystyle|!|,|;|:|quad|qquad| )|\$|\\[()\[\]]")
_SAME = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "，": ","})

ACCEPTED, REJECTED = RuleResult(RuleOutcome.ACCEPT), RuleResult(RuleOutcome.REJECT)


def judge(case: Case) -> RuleResult:
    """Accept if the normalised answer equals any of the normalised golds."""
    answer = normalised(case.text)
    return ACCEPTED if any(normalised(gold) == answer for gold in case.golds) else REJECTED


@lru_cache(maxsize=4096)  # the rollouts of a question share its gold, and often their answers
def normalised(text: str) -> str:
    """The text without white space, formula delimiters and spacing commands; one sign for each operator."""
    text = unicodedata.normalize("NFKC", text).translate(_SAME)
    text = _MARKUP.sub("", text).replace("\\dfrac", "\\frac").replace("\\tfrac", "\\frac")
    return "".join(text.split()).rstrip(".")

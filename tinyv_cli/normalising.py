"""One spelling of a text, so that what never matters in an answer makes no difference."""

import re
import unicodedata
from functools import lru_cache

# Spacing and sizing commands, and the delimiters of a formula, say nothing of the answer.
_MARKUP = re.compile(r"\\(?:left|right|displaystyle|!|,|;|:|quad|qquad| )|\$|\\[()\[\]]")
_SAME = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "，": ","})


@lru_cache(maxsize=4096)  # the rollouts of a question share its gold, and often their answers
def normalised(text: str) -> str:
    """The text without white space, formula delimiters and spacing commands; one sign for each operator."""
    text = unicodedata.normalize("NFKC", text).translate(_SAME)
    text = _MARKUP.sub("", text).replace("\\dfrac", "\\frac").replace("\\tfrac", "\\frac")
    return "".join(text.split()).rstrip(".")

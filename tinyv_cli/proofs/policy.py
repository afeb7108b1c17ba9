"""What a proof may rest on besides equality: rounding, and a form other than the one that was asked for."""

import re
from dataclasses import dataclass
from fractions import Fraction

_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*%")
NONE, SHOWN = "none", "shown"


@dataclass(frozen=True, slots=True)
class Policy:
    """What settles without a model, beyond what is equal.

    `rounds`: one side may be the other, rounded to the digits that it shows. `within`: numbers may differ by
    this share of the gold; None where they may not. `any_form`: what is equal is proved also where the
    question asks for another form.
    """

    rounds: bool = True
    within: Fraction | None = None
    any_form: bool = False


DEFAULT = Policy()


def rounding(text: str) -> tuple[bool, Fraction | None]:
    """What `none`, `shown` or a percentage (`1%`) allow. Raises ValueError for anything else."""
    if text in (NONE, SHOWN):
        return text == SHOWN, None
    found = _SHARE.fullmatch(text.strip())
    if found is None or not 0 < (share := Fraction(found[1]) / 100) < 1:
        raise ValueError(f"rounding is '{NONE}', '{SHOWN}' or a percentage such as '1%', not {text!r}")
    return True, share

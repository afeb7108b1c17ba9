"""What a proof may rest on besides equality: rounding, and a form other than the one that was asked for."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tinyv_cli.errors import UsageError
from tinyv_cli.words import NONE, SHOWN

_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*%")


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

    def described(self) -> dict[str, Any]:
        """As a file says it."""
        share = None if self.within is None else float(self.within)
        return {"rounds": self.rounds, "within": share, "any_form": self.any_form}


DEFAULT = Policy()


def policy_of(rounding: str, *, any_form: bool = False) -> Policy:
    """What `none`, `shown` or a percentage (`1%`) allow. Raises UsageError for anything else."""
    if rounding in (NONE, SHOWN):
        return Policy(rounds=rounding == SHOWN, any_form=any_form)
    found = _SHARE.fullmatch(rounding.strip())
    if found is None or not 0 < (share := Fraction(found[1]) / 100) < 1:
        raise UsageError(f"--rounding is '{NONE}', '{SHOWN}' or a percentage such as 1%, not {rounding!r}")
    return Policy(within=share, any_form=any_form)

"""The runs, in the order in which they say most."""

from dataclasses import dataclass
from pathlib import Path

from training.rl.arms import ARMS

MIDDLE = "some"
DOSES = {"none": 0.0, "some": 0.15, "half": 0.5}  # about what the rule rejects of the right answers at first
OFTEN = ("rule", "default", "truth")  # the arms of four seeds at the middle dose


@dataclass(frozen=True, slots=True)
class Run:
    """What makes a run."""

    dose: str
    arm: str
    seed: int

    @property
    def name(self) -> str:
        """Its files are called so."""
        return f"{self.dose}-{self.arm}-{self.seed}"

    def curve(self, folder: Path) -> Path:
        """Its CSV, which is there when it is whole."""
        return folder / f"{self.name}.csv"

    def hacks(self, folder: Path) -> Path:
        """The wrong answers that were paid for, or that nano accepts of those to the held-out questions."""
        return folder / f"{self.name}.hacks.csv"


RUNS = list(
    dict.fromkeys(
        [
            *(Run(MIDDLE, arm, seed) for seed in (1, 2, 3, 4) for arm in OFTEN),
            *(Run(dose, arm, seed) for seed in (1, 2) for dose in ("half", "none") for arm in ARMS),
            *(Run(MIDDLE, arm, seed) for seed in (2, 3) for arm in ARMS),
        ]
    )
)

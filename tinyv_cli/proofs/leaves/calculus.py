"""3.3, 7.1: antiderivatives, which are the same up to a constant, and what arbitrary constants are called."""

import re
from itertools import permutations

from tinyv_cli.maths.derivatives import antiderivatives, constant_of
from tinyv_cli.maths.domains import domain_of
from tinyv_cli.maths.equality import Outcome, compare
from tinyv_cli.maths.reading import Node, read
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof, Step

_ASKS_FOR_INTEGRAL = re.compile(
    r"anti-?derivative|indefinite integral|primitive (?:function|of)|\\int(?![A-Za-z])|∫|\bintegra(?:te|l)\b",
    re.IGNORECASE,
)
_SPEAKS_OF_CONSTANTS = re.compile(
    rf"{_ASKS_FOR_INTEGRAL.pattern}|differential|derivative|general solution|constant|slope|dx|y'",
    re.IGNORECASE,
)
# One of all antiderivatives: that between two ends, or that which has a given value somewhere.
_ONE_OF_THEM = re.compile(
    r"\\int\s*(?:\\limits)?\s*_|∫_|(?<!in)definite integral|\bfrom\b.{1,20}\bto\b"
    r"|initial|passes|through|satisf|such that|\)\s*=\s*[-\d\\]",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"(?<![A-Za-z\\])(?:\\mathrm\s*\{\s*d\s*\}|d)\s*([A-Za-z])(?![A-Za-z])|with respect to \$?([A-Za-z])\b"
)
_CONSTANT_ADDED = re.compile(
    r"[+-]\s*(?:[CcKk](?:_\{?\w\}?)?|const(?:ant)?|\\text\s*\{\s*const(?:ant)?\.?\s*\})\.?\s*\$?\Z"
)
_IN_WORDS = re.compile(r"(?<![A-Za-z])(?:\\text\s*\{\s*)?const(?:ant)?\.?(?:\s*\})?(?=\s*\$?\Z)")


def antiderivative(sides: Sides, prove: Prove) -> Proof | None:
    r"""3.3: `\sin^2 x + C` is `-\cos^2 x + C`: both have the same derivative."""
    if not _are_antiderivatives(sides):
        return None
    gold, answer = sides.each(_body)
    if gold is None or answer is None or gold == answer:
        return None
    if constant_of(gold) is not None and constant_of(answer) is None:
        return None  # without the constant it is one of them, and all were asked for
    name = _variable(gold, answer, sides.question)
    if name is None:
        return None
    found = antiderivatives(gold, answer, name, domain_of(sides.question))
    if found.outcome is not Outcome.SAME:
        return None
    step = Step(
        "3.3", f"antiderivatives of one function: their derivatives in {name} are equal {found.basis}"
    )
    return Proof((step,), sides.gold, sides.answer)


def _are_antiderivatives(sides: Sides) -> bool:
    """Whether both end with a constant of integration, or the question asks for an integral without ends."""
    if sides.both(_CONSTANT_ADDED.search):
        return not sides.question or _SPEAKS_OF_CONSTANTS.search(sides.question) is not None
    return bool(_ASKS_FOR_INTEGRAL.search(sides.question)) and not _ONE_OF_THEM.search(sides.question)


def _body(side: str) -> Node | None:
    r"""What stands behind `F(x) =` or `\int … =`."""
    return read(_IN_WORDS.sub("C", side.rpartition("=")[2]))


def _variable(gold: Node, answer: Node, question: str) -> str | None:
    """In which letter was integrated: the only one, or that of the differential."""
    letters = {name for node in (gold, answer) for name in node.variables()}
    letters -= {constant_of(gold), constant_of(answer)}
    if len(letters) == 1:
        return next(iter(letters))
    over = {first or second for first, second in _OVER.findall(question)} & letters
    return next(iter(over)) if len(over) == 1 else None


_ARBITRARY = re.compile(r"[CcKkABD](?:_\{?\w\}?)?|[ab]|C'")
MOST_RENAMED = 3
_ARE_ARBITRARY = re.compile(
    r"arbitrary constant|constants? of integration|differential equation|general solution|recurrence"
    r"|\bsolve\b.{0,60}(?:y'|dy|\\frac\s*\{\s*d)",
    re.IGNORECASE,
)


def constants(sides: Sides, prove: Prove) -> Proof | None:
    r"""7.1: `C_1 e^x + C_2` is `A e^x + B`: other names for arbitrary constants."""
    if not _ARE_ARBITRARY.search(sides.question) or not sides.both(_ARBITRARY.search):
        return None
    gold, answer = sides.each(_sides_of)
    if gold is None or answer is None or len(gold) != len(answer):
        return None
    ours, theirs = (_arbitrary(nodes, sides.question) for nodes in (gold, answer))
    ours, theirs = ours - theirs, theirs - ours
    of_parts = (sides.gold, sides.answer) != sides.given  # in a part of a list alone nothing is renamed
    if not 0 < len(ours) == len(theirs) <= MOST_RENAMED or of_parts:
        return None
    domain = domain_of(sides.question)
    for names in permutations(sorted(theirs)):
        new = dict(zip(names, sorted(ours), strict=True))
        renamed = [_renamed(node, new) for node in answer]
        if all(
            compare(first, second, domain).outcome is Outcome.SAME
            for first, second in zip(gold, renamed, strict=True)
        ):
            called = ", ".join(f"'{old}' for '{name}'" for old, name in new.items())
            return after(
                "7.1", f"arbitrary constants are called {called}", Proof((), sides.gold, sides.answer)
            )
    return None


def _sides_of(text: str) -> list[Node] | None:
    nodes = [read(side) for side in text.split("=")]
    return None if None in nodes else nodes  # type: ignore[return-value]


def _arbitrary(nodes: list[Node], question: str) -> frozenset[str]:
    letters = {name for node in nodes for name in node.variables() if _ARBITRARY.fullmatch(name)}
    return frozenset(
        name for name in letters if not re.search(rf"(?<![A-Za-z\\]){name[0]}(?![A-Za-z])", question)
    )


def _renamed(node: Node, new: dict[str, str]) -> Node:
    if node.kind == "variable":
        return Node("variable", new.get(node.text, node.text))
    return Node(node.kind, node.text, tuple(_renamed(part, new) for part in node.parts))


_UP_TO_FACTOR = re.compile(
    r"\b(?:up to|to within|within|apart from|aside from) (?:an? |some )?(?:\w+ ){0,2}"
    r"(?:multiplicative|proportionality|normalization|overall) (?:constant|factor)",
    re.IGNORECASE,
)
_ARGUMENT = re.compile(r"(?<![A-Za-z\\])[A-Za-z]\s*\(\s*([A-Za-z])\s*\)")


def _last_value(side: str) -> Node | None:
    """What stands behind the last sign, where all equations of a list are of one quantity."""
    parts = [re.split(r"=|\\propto|∝", part) for part in side.split(",")]
    if len({part[0].strip() for part in parts}) > 1:
        return None
    return read(parts[-1][-1])


def up_to_factor(sides: Sides, prove: Prove) -> Proof | None:
    r"""3.1: `-\frac{h^2}{2r^4}` is `\frac{k}{r^4}` in r, where the question leaves a constant factor open."""
    if not _UP_TO_FACTOR.search(sides.question):
        return None
    gold, answer = sides.each(_last_value)
    names = set(_ARGUMENT.findall(sides.question))
    if (
        gold is None
        or answer is None
        or len(names) != 1
        or not names <= gold.variables() & answer.variables()
    ):
        return None
    elsewhere = {name: name + "'" for name in names}
    ours = Node("multiply", parts=(gold, _renamed(answer, elsewhere)))
    theirs = Node("multiply", parts=(_renamed(gold, elsewhere), answer))
    found = compare(ours, theirs, domain_of(sides.question))
    if found.outcome is not Outcome.SAME:
        return None
    step = Step("3.1", f"the same but for a factor without {names.pop()}, {found.basis}")
    return Proof((step,), sides.gold, sides.answer)

"""3.4, 1.2 and 5.3: comparisons of several letters, signs that compare, statements of logic."""

import re

from tinyv_cli.maths.logic import may_be_logic, same_form, same_table, statement
from tinyv_cli.maths.reading import GREEK
from tinyv_cli.maths.realsets import in_one_spelling
from tinyv_cli.proofs.search import Prove, each_proved, together
from tinyv_cli.proofs.sides import Sides, compact
from tinyv_cli.records import Proof, Step

_COMPARED = re.compile(r"([<>≤≥≠])")
_HINT = re.compile(r"[<>≤≥≠]|\\(?:[lg]eq?(?:slant|q)?|[lg]t|neq?)(?![A-Za-z])|\bthan\b|\bat (?:least|most)\b")
_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "≠": "≠"}
_LETTER = re.compile(r"[A-Za-z]")
MOST_TERMS = 8


def turned(sides: Sides, prove: Prove) -> Proof | None:
    """3.4: `a < m < b` is `b > m > a`, term by term."""
    if not sides.both(_HINT.search):
        return None
    gold, answer = sides.each(_chain)
    if gold is None or answer is None or gold[1] != answer[1] or not _LETTER.search(sides.gold):
        return None
    parts = each_proved(prove, gold[0], answer[0])
    if parts is None and gold[1] == ["≠"]:
        parts = each_proved(prove, gold[0], answer[0][::-1])
    return together("3.4", "the same comparison, term by term", parts)


def _chain(side: str) -> tuple[list[str], list[str]] | None:
    """The terms from the smallest on, and the signs between them; None where the signs look both ways."""
    pieces = [piece.strip() for piece in _COMPARED.split(in_one_spelling(side))]
    terms = [f"\\{piece}" if piece in GREEK else piece for piece in pieces[::2]]
    signs = pieces[1::2]
    if (
        not 2 <= len(terms) <= MOST_TERMS
        or not all(terms)
        or any(re.search("[,;∪=]| or ", each) for each in terms)
    ):
        return None
    if {*signs} <= {">", "≥"}:
        terms, signs = terms[::-1], [_TURNED[sign] for sign in reversed(signs)]
    return (terms, signs) if {*signs} <= {"<", "≤"} or signs == ["≠"] else None


_WANTS_A_SIGN = re.compile(
    r"relation|compar|fill in|symbol|[\"“(][<>=]|which is (?:greater|larger|smaller|less)|\bsign\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?<![A-Za-z\\])[a-z]*(?:larger|smaller|greater|less|more|bigger)\b", re.IGNORECASE)
LONGEST_SIGN = 24
_WORDS = {
    "lessthan": "<", "isless": "<", "smallerthan": "<", "less": "<", "smaller": "<",
    "greaterthan": ">", "largerthan": ">", "greater": ">", "larger": ">", "morethan": ">",
    "equalto": "=", "equal": "=", "equals": "=",
}  # fmt: skip


def sign_alone(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `<` is `M < N` where the question asks how M, which it has first, compares with N."""
    if min(map(len, sides.each(str))) > LONGEST_SIGN:
        return None
    gold, answer = sides.each(_sign)
    if not (gold or answer) or not _WANTS_A_SIGN.search(sides.question):
        return None
    if any(_WORD.search(given) and not _sign(given) for given in sides.given):
        return None  # which of the two is larger was said, and left out on the way
    if gold and answer:
        said = f"both say how the two compare: '{gold}'"
        return Proof((Step("5.3", said),), sides.gold, sides.answer) if gold == answer else None
    whole = in_one_spelling(sides.answer if gold else sides.gold)
    terms = re.split("([<>≤≥=])", whole)
    if len(terms) != 3:
        return None
    if _in_this_order(sides.question, terms[2], terms[0]):
        terms = [terms[2], _TURNED.get(terms[1], terms[1]), terms[0]]
    if terms[1] != (gold or answer) or not _in_this_order(sides.question, terms[0], terms[2]):
        return None
    return Proof((Step("5.3", f"'{terms[1]}' alone says how the two compare"),), sides.gold, sides.answer)


def _sign(side: str) -> str:
    """The sign of comparison that a side is, perhaps in words."""
    if len(side) > LONGEST_SIGN or any(map(str.isdigit, side)):
        return ""
    text = in_one_spelling(side).strip(" .")
    if text in ("<", ">", "=", "≤", "≥"):
        return text
    return _WORDS.get(re.sub(r"[^a-z]", "", text.casefold()), "")


def _in_this_order(question: str, first: str, second: str) -> bool:
    asked, ours, theirs = (compact(in_one_spelling(text)) for text in (question, first, second))
    at = asked.find(ours)
    return at >= 0 and bool(theirs) and asked.find(theirs, at + len(ours)) >= 0 and asked.find(theirs) > at


_WANTS_A_FORM = re.compile(
    r"contrapositive|converse|inverse|negat|simplif|equivalent|normal form|\b[CD]NF\b|in symbols|symboli",
    re.IGNORECASE,
)


def logic(sides: Sides, prove: Prove) -> Proof | None:
    r"""1.2: `p \land q` is `q and p`: statements with the same truth table."""
    if not sides.either(may_be_logic):
        return None
    gold, answer = sides.each(statement)
    if gold is None or answer is None or not (gold.parts and answer.parts):
        return None
    if same_form(gold, answer):
        return Proof((Step("1.2", "the same statement in other signs"),), sides.gold, sides.answer)
    if _WANTS_A_FORM.search(sides.question) or not same_table(gold, answer):
        return None
    return Proof((Step("3.4", "the same truth table"),), sides.gold, sides.answer)

"""What may differ between answers that mean the same: a module for each, with provers and recognisers.

A prover is given both sides and a way to prove simpler ones. It takes one thing away that leaves the meaning
as it is, has the rest proved, and says in a sentence what it did. A recogniser, `looks_like_...`, says only
whether two sides that are believed to mean the same look as if they differed in this.

To add a prover:

1. Find its number in the taxonomy, and so its module here. Its docstring begins with the number and a pair.
2. Begin with a test that costs microseconds, `sides.either(PATTERN.search)`: most pairs are two numbers.
3. Give back `after(number, sentence, prove(gold, answer))` for one thing changed, `rewritten(...)` where a
   side is only written in another way, `together(...)` where several parts are proved each by itself. Never
   rest on the change alone: what is left has to be proved down to the same text or value.
4. Name it in LEAVES below. Add at least three pairs that it proves, and three of the same shape that it must
   not, to the tables of the module's test.

A recogniser is named in RECOGNISERS, behind those that leave less to guess.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from tinyv_cli.proofs.leaves import (
    algebra,
    assignments,
    calculus,
    chinese,
    comparisons,
    conditions,
    context,
    digits,
    evaluated,
    explanations,
    families,
    intervals,
    letters,
    lists,
    markup,
    matrices,
    nothing,
    numbers,
    numerals,
    phrasing,
    pieces,
    plus_minus,
    quantities,
    ratios,
    rounding,
    separators,
    several,
    statements,
    units,
    whole_numbers,
    wording,
)
from tinyv_cli.proofs.search import Leaf
from tinyv_cli.proofs.sides import Pair

# In the order in which they are tried: at each step the first proof that is found counts.
LEAVES: tuple[Leaf, ...] = (
    # What is only for the eye is the commonest difference, and the others need not see it any more.
    markup.printed,
    markup.calls,
    markup.markup,
    # What stands behind a value, and may be left out: a unit, what is counted, `k an integer`.
    units.units,
    units.counted,
    context.qualifier,
    conditions.condition,
    conditions.counting,
    context.domain,
    # What is said around a value or instead of it, so that numbers and lists are left of sentences.
    letters.identically,
    assignments.label,
    assignments.assignments,
    several.nouns,
    several.asked_part,
    phrasing.number_words,
    numerals.fraction_words,
    numerals.ordinal_figures,
    numerals.statements,
    phrasing.truth,
    phrasing.choice,
    phrasing.several_choices,
    wording.same_in_words,
    wording.yes_or_no,
    wording.formula_of_a_substance,
    separators.separators,
    separators.spaced,
    explanations.explained,
    explanations.chain,
    statements.stated,
    chinese.answered,
    phrasing.alternatives,
    # Numbers: first which digits belong together, then in which form they stand.
    digits.grouped_digits,
    digits.decimal_comma,
    numbers.mixed_number,
    numbers.repeating,
    quantities.quantities,
    quantities.two_forms,
    quantities.radians,
    rounding.exact_and_about,
    numbers.base,
    numbers.clock,
    # Several values in one notation, which cost more to take apart.
    ratios.ratio,
    plus_minus.plus_minus,
    intervals.interval,
    intervals.membership,
    whole_numbers.whole_numbers,
    nothing.nothing,
    families.family,
    families.points,
    families.periodic,
    intervals.excluded,
    matrices.matrix,
    comparisons.turned,
    comparisons.sign_alone,
    comparisons.logic,
    pieces.lines,
    pieces.pieces,
    # Several values beside each other: in the same order first, which needs no matching.
    lists.redundant_brackets,
    lists.prime_factors,
    lists.repeated,
    lists.one_by_one,
    lists.other_order,
    # Other letters: only where nothing else explains the difference.
    letters.subscript,
    letters.head,
    letters.index,
    letters.arrow,
    # The dearest, as it evaluates both sides at many points.
    evaluated.evaluated,
    algebra.equation,
    algebra.inequality,
    calculus.antiderivative,
    calculus.constants,
    calculus.up_to_factor,
)

Recogniser = Callable[[Pair], bool]

RECOGNISERS: tuple[tuple[str, Recogniser], ...] = (
    # One of the texts that the gold itself gives.
    ("5.3", phrasing.looks_like_an_alternative),
    # The same text, but for what is only for the eye.
    ("1.6", markup.looks_like_damage),
    ("1.2", markup.looks_like_symbols),
    ("1.1", markup.looks_like_spacing),
    ("1.3", markup.looks_like_markup),
    ("7.2", letters.looks_like_scripts),
    ("7.4", letters.looks_like_case),
    # The whole in other words.
    ("5.3", phrasing.looks_like_number_words),
    ("5.3", phrasing.looks_like_a_choice),
    ("4.1", rounding.looks_like_both_forms),
    ("1.5", context.looks_like_context),
    ("2.1", intervals.looks_like_intervals),
    ("5.1", explanations.looks_like_a_long_explanation),
    # The same elements, beside each other in another way.
    ("2.4", matrices.looks_like_vectors),
    ("6.1", lists.looks_like_order),
    ("5.4", separators.looks_like_joining_words),
    ("6.2", lists.looks_like_brackets),
    ("6.3", lists.looks_like_separators),
    ("6.4", lists.looks_like_wrapping),
    # The same parts in another notation.
    ("2.3", plus_minus.looks_like_several_in_one),
    ("2.5", digits.looks_like_digit_marks),
    ("4.4", numbers.looks_like_another_form),
    ("2.2", ratios.looks_like_a_ratio),
    ("1.4", units.looks_like_units),
    ("1.6", markup.looks_like_leftovers),
    ("5.2", assignments.looks_like_assignments),
    ("5.1", explanations.looks_like_a_chain),
    ("5.1", explanations.looks_like_an_explanation),
    # The same number or expression in another form; what is only near is rounded.
    ("4.1", rounding.looks_like_rounding),
    ("4.3", rounding.looks_like_precision),
    ("7.3", letters.looks_like_own_symbols),
    ("7.1", letters.looks_like_letters),
    ("3.3", algebra.looks_like_functions),
    ("3.2", algebra.looks_like_roots),
    ("4.2", numbers.looks_like_exact_forms),
    # What is left: formulas, and words.
    ("3.4", algebra.looks_like_other_operations),
    ("3.1", algebra.looks_like_algebra),
    ("5.3", phrasing.looks_like_phrasing),
)


_LEAF = r"\d\.\d"
_TOLD = re.compile(rf"(?P<leaves>{_LEAF}(?:(?:, | and ){_LEAF})*): (?P<what>.+)")  # how a docstring begins


def known_steps() -> Mapping[str, Sequence[str]]:
    """Of each leaf what proofs know of it, in the words of their docstrings."""
    steps: dict[str, list[str]] = {}
    for prover in LEAVES:
        told = _TOLD.match(prover.__doc__ or "")
        assert told is not None, f"{prover.__name__} does not say to which leaf it belongs"
        for leaf in re.findall(_LEAF, told["leaves"]):
            steps.setdefault(leaf, []).append(told["what"].rstrip("."))
    return steps

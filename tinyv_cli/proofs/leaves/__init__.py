"""The steps that a proof may take, one small function each.

A leaf is given both sides and a way to prove simpler ones. It takes one thing away that leaves the meaning
as it is, has the rest proved, and says in a sentence what it did.

To add one:

1. Find its number in the taxonomy, and so its module here. Its docstring begins with the number and a pair.
2. Begin with a test that costs microseconds, `sides.either(PATTERN.search)`: most pairs are two numbers.
3. Give back `after(number, sentence, prove(gold, answer))` for one thing changed, `rewritten(...)` where a
   side is only written in another way, `together(...)` where several parts are proved each by itself. Never
   rest on the change alone: what is left has to be proved down to the same text or value.
4. Name it in LEAVES below. Add at least three pairs that it proves, and three of the same shape that it must
   not, to the tables of the module's test.
"""

from tinyv_cli.proofs.leaves import expression, formatting, language, notation, numeric, sets, symbols
from tinyv_cli.proofs.search import Leaf

# In the order in which they are tried: at each step the first proof that is found counts.
LEAVES: tuple[Leaf, ...] = (
    # What is only for the eye is the commonest difference, and the others need not see it any more.
    formatting.markup,
    # What stands behind a value, and may be left out: a unit, what is counted, `k an integer`.
    formatting.units,
    formatting.counted,
    formatting.qualifier,
    # What is said around a value or instead of it, so that numbers and lists are left of sentences.
    language.label,
    language.assignments,
    language.number_words,
    language.truth,
    language.choice,
    language.separators,
    language.explained,
    language.chain,
    language.alternatives,
    # Numbers: first which digits belong together, then in which form they stand.
    notation.grouped_digits,
    notation.decimal_comma,
    numeric.percent,
    numeric.scientific,
    numeric.rounded,
    numeric.mixed_number,
    numeric.repeating,
    numeric.exact_and_about,
    numeric.base,
    numeric.clock,
    numeric.scale_word,
    # Several values in one notation, which cost more to take apart.
    notation.ratio,
    notation.plus_minus,
    notation.interval,
    notation.matrix,
    # Several values beside each other: in the same order first, which needs no matching.
    sets.redundant_brackets,
    sets.one_by_one,
    sets.other_order,
    # Other letters: only where nothing else explains the difference.
    symbols.subscript,
    symbols.head,
    symbols.index,
    # The dearest, as it evaluates both sides at many points.
    expression.equation,
)

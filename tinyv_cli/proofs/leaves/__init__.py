"""The steps that a proof may take, one small function each, in the order in which they are tried.

A leaf is given both sides and a way to prove simpler ones. It takes one thing away that leaves the meaning
as it is, has the rest proved, and says in a sentence what it did. To add one: write the function in the room
of its category, with a table of at least three pairs that it shows and three that it must not; name it here.
"""

from tinyv_cli.proofs.leaves import expression, formatting, language, notation, numeric, sets, symbols
from tinyv_cli.proofs.search import Leaf

LEAVES: tuple[Leaf, ...] = (
    formatting.markup,
    formatting.units,
    formatting.counted,
    formatting.qualifier,
    language.label,
    language.assignments,
    language.number_words,
    language.truth,
    language.choice,
    language.separators,
    language.explained,
    language.chain,
    language.alternatives,
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
    notation.ratio,
    notation.plus_minus,
    notation.interval,
    notation.matrix,
    sets.redundant_brackets,
    sets.one_by_one,
    sets.other_order,
    symbols.subscript,
    symbols.head,
    symbols.index,
    expression.equation,
)

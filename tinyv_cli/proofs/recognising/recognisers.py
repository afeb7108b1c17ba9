"""The leaves and how each is recognised, the surest first."""

from collections.abc import Callable

from tinyv_cli.proofs.recognising import expression, formatting, language, notation, numeric, sets, symbols
from tinyv_cli.proofs.recognising.pair import Pair

Recogniser = Callable[[Pair], bool]

RECOGNISERS: tuple[tuple[str, Recogniser], ...] = (
    # One of the texts that the gold itself gives.
    ("5.3", language.alternative),
    # The same text, but for what is only for the eye.
    ("1.6", formatting.damaged),
    ("1.2", formatting.symbols),
    ("1.1", formatting.spacing),
    ("1.3", formatting.markup),
    ("7.2", symbols.scripts),
    ("7.4", symbols.case),
    # The whole in other words.
    ("5.3", language.in_words),
    ("5.3", language.choice),
    ("4.1", numeric.both_forms),
    ("1.5", formatting.context),
    ("2.1", notation.intervals),
    ("5.1", language.told_at_length),
    # The same elements, beside each other in another way.
    ("2.4", notation.vectors),
    ("6.1", sets.order),
    ("5.4", language.joined_by_words),
    ("6.2", sets.brackets),
    ("6.3", sets.separators),
    ("6.4", sets.other),
    # The same parts in another notation.
    ("2.3", notation.several_in_one),
    ("2.5", notation.other),
    ("4.4", numeric.other),
    ("2.2", notation.ratio),
    ("1.4", formatting.units),
    ("1.6", formatting.other),
    ("5.2", language.assignment),
    ("5.1", language.chain),
    ("5.1", language.explained),
    # The same number or expression in another form; what is only near is rounded.
    ("4.1", numeric.approximate),
    ("4.3", numeric.precision),
    ("7.3", symbols.own_symbols),
    ("7.1", symbols.letters),
    ("3.3", expression.functions),
    ("3.2", expression.roots),
    ("4.2", numeric.exact),
    # What is left: formulas, and words.
    ("3.4", expression.other),
    ("3.1", expression.algebra),
    ("5.3", language.phrasing),
)

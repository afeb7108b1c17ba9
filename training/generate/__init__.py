"""Answers made from golds, right and wrong ones, by named transformations.

To import this is to register them all; the order of the imports is part of what a seed means.
"""

from training.generate import (  # noqa: F401  (they register what they define)
    choosing,
    equations,
    expression,
    false_steps,
    fillers,
    hedges,
    intervals,
    language,
    lists,
    markup,
    matrices,
    moments,
    near_numbers,
    notations,
    number_words,
    numerals,
    numeric,
    quantities,
    rewording,
    statements,
    symbols,
    words,
)

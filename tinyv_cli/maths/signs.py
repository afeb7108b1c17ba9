"""How what several readers look for is written: pieces that each makes its own patterns of."""

# Two values in one, and which sign of the one goes with which of the other; `\pmod` is another command.
PLUS_MINUS, MINUS_PLUS = r"(?:±|\\pm(?![A-Za-z]))", r"(?:∓|\\mp(?![A-Za-z]))"
# The environments in which a matrix stands; what has vertical bars around it is a determinant.
MATRIX = r"(?:[pbB]?(?:small)?matrix\*?|array)"
# Brackets behind brackets or digits that multiply nothing: repeating digits, 1.(3), and the numbers of
# statements, (1)(3)(4).
NO_PRODUCT = r"\d?\.\d*\(\d+\)|(?:\(\d{1,2}\)\s*){2,}"
# Marks between groups of three digits, `12,345`; a bare comma or a space may also separate two numbers.
IN_BRACES, TIGHTENED, NO_BREAK = r"\{,\}", r",\\!", "[\u00a0\u2009\u202f]"
# Three digits and no more: what follows such a mark.
GROUP = r"\d{3}(?!\d)"


def grouped(*marks: str) -> str:
    """The pattern of a number whose digits are in groups, with one of the marks between each two."""
    return rf"\d{{1,3}}(?:(?:{'|'.join(marks)})\d{{3}})+"


def between_groups(*marks: str) -> str:
    """The pattern of a mark that only groups digits."""
    return rf"(?<=\d)(?:{'|'.join(marks)})(?={GROUP})"

"""Whether two answers are the same words: but for case, articles, hyphens, plurals, or the question's own.

`Ceftriaxone` is `ceftriaxone`, `an ellipse` `Ellipse`, `amino` `amino acids` where the question asks for
acids. Of two names in a question none is the other, and what denies or compares is never left out.
"""

import re
from collections import defaultdict
from functools import lru_cache

from tinyv_cli.maths.asked import asking
from tinyv_cli.maths.logic import may_be_logic
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.units import unit_of
from tinyv_cli.maths.words import HEDGES, QUALIFYING, VERBS, cardinal, ordinal, stems, word_set

MOST_CHARS = 300
_NO_WORDS = re.compile(r"[\\+*/^=<>|_{}$]|\d[.,]\d|(?<![^\W\d_])-|-\s*\d")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:st|nd|rd|th)?")
_ARTICLES = word_set("a an the")
# What may be said around words without saying anything else.
_NEUTRAL = (VERBS - {"equal", "equals"}) | word_set(
    "a an the of in on at to it its this that these it's be been lie lies located situated called "
    "named known by "
    "answer correct right one and such which who"
)
_DENY = (HEDGES | QUALIFYING) - word_set(
    "in of by to through square cubed north south east west up down left right"
)
_COMPARE = word_set("than like unlike as versus while whereas instead")
_JOINING = word_set("and or und oder et ou st nd rd th")
_APOSTROPHE = re.compile("['’]")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_NUMBERED = dict(enumerate("zeroth first second third fourth fifth sixth seventh eighth ninth tenth".split()))
_ROMAN = {"i": "first", "ii": "second", "iii": "third", "iv": "fourth"}
_OR = re.compile(r"\b(?:or|versus|vs|whether|either|between)\b|或|还是", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+")
_SYMBOL_LETTERS = 3  # and fewer, may be a product, a unit, an element or points
_NAME = re.compile(r"(?<![.?!]\s)(?<!\A)(?<!\n)\b[A-Z][a-z]+")


@lru_cache(maxsize=2048)
def tokens(text: str) -> tuple[str, ...]:
    """The words of an answer in words, in the singular and in small letters; none of anything else."""
    text = plain(text).text.strip(" .!\"'“”")
    if len(text) > MOST_CHARS or _NO_WORDS.search(text):
        return ()
    found = [_APOSTROPHE.sub("", _POSSESSIVE.sub("", token)).casefold() for token in _TOKEN.findall(text)]
    if not any(len(token) > 1 and not token[0].isdigit() and token not in _JOINING for token in found):
        return ()
    return tuple(map(_plain_word, found))


def _plain_word(token: str) -> str:
    if token[0].isdigit():
        number = ordinal(token)
        return _NUMBERED.get(number, token) if number is not None else token
    return "".join(stems(token)[:1]) or token


def is_squeezed(gold: tuple[str, ...], answer: tuple[str, ...]) -> bool:
    """Whether both are the same letters, but for articles: `Maria'class` and `Maria's class`.

    Numbers and what denies have to stand alike: `7, 10 cm` is not `710 cm`, nor `not able` `notable`.
    """
    ours, theirs = ([each for each in side if each not in _ARTICLES] for side in (gold, answer))
    if "".join(ours) != "".join(theirs) or not ours or set(ours) & _DENY != set(theirs) & _DENY:
        return False
    return _NUMBER.findall(" ".join(ours)) == _NUMBER.findall(" ".join(theirs))


def same_words(gold: str, answer: str, question: str) -> str | None:
    """How two answers in words are seen to be the same, in a few words; None where they are not."""
    ours, theirs = tokens(gold), tokens(answer)
    if not ours or not theirs or _differ_in_symbols(gold, answer):
        return None
    if any("(" in side and may_be_logic(side) for side in (gold, answer)):
        return None  # not (A and B) is not (not A) and B
    if _units_differ(gold, answer) or any(side.rstrip(". ").endswith("?") for side in (gold, answer)):
        return None
    if is_squeezed(ours, theirs):
        return "the same words but for case, articles, spacing and plural"
    if _is_turned(ours, theirs) or _is_turned(theirs, ours):
        return "the same words in another order"
    shorter, longer, given = (ours, theirs, answer) if len(ours) < len(theirs) else (theirs, ours, gold)
    if _is_within(shorter, longer, given, question, gold_is_longer=longer is ours):
        return "the same words beside those of the question"
    return None


def _differ_in_symbols(gold: str, answer: str) -> bool:
    """Whether short letters are capitals on one side only: mW is not MW, Co not CO, and ab not AB."""
    ours, theirs = _cases(gold), _cases(answer)
    return any(not ours[name] & theirs[name] for name in ours.keys() & theirs.keys())


def _cases(text: str) -> dict[str, set[str]]:
    """How what may be a symbol is written; of three letters the first may be a capital, as in a word."""
    found: dict[str, set[str]] = defaultdict(set)
    text = plain(text).text
    for token in _TOKEN.findall(text):
        if token.casefold() in _NEUTRAL and not _DIGIT.search(text):
            continue
        if len(token) < _SYMBOL_LETTERS:
            found[token.casefold()].add(token)
        elif len(token) == _SYMBOL_LETTERS:
            found[token.casefold()].add(token if _DIGIT.search(text) else token[0].lower() + token[1:])
    return found


_CHEMICAL = re.compile(
    r"\b(?:chemi\w+|elements?|compounds?|molecules?|symbols?|formulas?|ions?|gas|oxides?)\b", re.IGNORECASE
)


def are_other_symbols(gold: str, answer: str, question: str) -> bool:
    """Whether both are symbols of substances that differ in case: CO is not Co."""
    ours, theirs = gold.strip(" .$"), answer.strip(" .$")
    if ours == theirs or ours.casefold() != theirs.casefold() or not (ours + theirs).isalpha():
        return False
    return len(ours) <= LONGEST_SYMBOL and _CHEMICAL.search(question) is not None


LONGEST_SYMBOL = 3
_BEHIND_DIGITS = re.compile(r"(?<=\d)\s*([^\W\d_]+)")


def _units_differ(gold: str, answer: str) -> bool:
    """Whether units behind digits are others, Mm and mm, where only small letters are compared."""
    ours, theirs = (_BEHIND_DIGITS.findall(plain(side).text) for side in (gold, answer))
    return any(
        one != other and one.casefold() == other.casefold() and unit_of(one) != unit_of(other)
        for one, other in zip(ours, theirs, strict=False)
    )


def _is_turned(said: tuple[str, ...], placed: tuple[str, ...]) -> bool:
    """Whether one is `n is odd` of `odd n`."""
    return len(said) == 3 and said[1] in ("is", "are") and (said[2], said[0]) == placed and len(said[0]) == 1


def _is_within(
    shorter: tuple[str, ...], longer: tuple[str, ...], given: str, question: str, *, gold_is_longer: bool
) -> bool:
    """Whether one is the other with words of the question around it, at its beginning or at its end."""
    if not question.strip() or any(_words_deny(side) for side in (shorter, longer)):
        return False
    core = tuple(each for each in shorter if each not in _ARTICLES)
    full = tuple(each for each in longer if each not in _ARTICLES)
    if not core or (full[: len(core)] != core and full[-len(core) :] != core):
        return False
    more = set(full[len(core) :] if full[: len(core)] == core else full[: -len(core)]) - _NEUTRAL
    told = set(stems(question)) | set(tokens(question))
    if not more <= told or any(each.isdigit() for each in more):
        return False
    # A gold may be cut only to what the question does not have: else it may be one of several that it offers.
    if gold_is_longer and set(core) <= told:
        return False
    names = {each.casefold() for each in _NAME.findall(question)} | {
        each.casefold() for each in _NAME.findall(given)
    }
    if more & names - set(core):
        return False
    return not (_OR.search(question) and more & set(stems(asking(question))) - set(core))


def _words_deny(side: tuple[str, ...]) -> bool:
    return bool(set(side) & (_DENY | _COMPARE)) or any(cardinal(each) is not None for each in side)


_YES_NO_QUESTION = re.compile(
    r"(?:\A|[.?!,;:]\s+|\n|\b(?:then|and|so|if so,?)\s+)(?:is|are|was|were|does|do|did|can|could"
    r"|will|would|should|has|have|must)"
    r"\b[^.?!]*\?|\b(?:determine|decide|find out|tell|say|state|prove|show|check"
    r"|verify)\s+(?:whether|if)\b|true or false|是否|吗",
    re.IGNORECASE,
)
_IF_NOT = re.compile(r"\bor not\b|\bwhether\b")
_YES, _NO = word_set("yes true correct possible"), word_set("no false incorrect impossible")
_NOT = word_set("not cannot never no impossible neither nor")
_CONDITIONS = word_set(
    "if unless only except but depends or depending however sometimes though although maybe perhaps "
    "when until"
)
_NT = re.compile(r"n['’]t\b", re.IGNORECASE)
_NO_DOUBT = re.compile(r",?\s*\b(?:there is |with )?no (?:doubt|question|problem)s?\b", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(?:yes and no|no and yes|true and false|false and true|(?:yes|true) or (?:no|false))\b", re.IGNORECASE
)
_FIRST = re.compile(r"\A\W*(yes|no|true|false)\b[\s,.:;!-]*", re.IGNORECASE)
_BECAUSE = re.compile(r"[,;.]?\s+(?:because|since|as|due to|for)\b.*\Z|[;.]\s.*\Z", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=512)
def asks_yes_or_no(question: str) -> bool:
    """Whether its answer is yes or no."""
    found = _YES_NO_QUESTION.search(question)
    return found is not None and not _OR.search(_IF_NOT.sub("", found[0]))


@lru_cache(maxsize=1024)
def verdict(text: str, question: str) -> bool | None:
    """Whether an answer says yes, by its first word or as a sentence of the question's words."""
    text = _NO_DOUBT.sub("", _NT.sub(" not", plain(text).text))
    if _NO_WORDS.search(text) or any(map(str.isdigit, text)):
        return None
    first = _FIRST.match(text)
    rest = _BECAUSE.sub("", text[first.end() :] if first else text)
    found = re.findall(r"[A-Za-z]{2,}", rest.casefold())
    if set(found) & _CONDITIONS - set(stems(question)) or (not first and not found):
        return None
    if _BOTH.search(text) or text.rstrip(" .").endswith("?"):
        return None
    if first and not found:
        return first[1].casefold() in _YES
    denials = sum(word in _NOT for word in found)
    said = denials % 2 == 0
    if first:
        claimed = first[1].casefold() in _YES
        return claimed if said is claimed or not _is_of(found, question) else None
    if not set(found) & (VERBS | _ALWAYS_SAID | {"possible", "impossible"}):
        return None
    return said if _is_of(found, question) and denials < 2 else None


def same_verdict(gold: str, answer: str, question: str) -> bool | None:
    """The yes or no that both say. Of two sentences the words of the one have to be the other's, too."""
    said = verdict(gold, question)
    if said is None or verdict(answer, question) is not said:
        return None
    if not any(_FIRST.match(plain(side).text) for side in (gold, answer)):
        ours, theirs = (
            {word for word in tokens(side) if word not in _NEUTRAL | _ALWAYS_SAID} for side in (gold, answer)
        )
        if not (ours <= theirs or theirs <= ours):
            return None
    return said


def _is_of(found: list[str], question: str) -> bool:
    """Whether all words are the question's, or say nothing but yes or no."""
    told = set(stems(question)) | set(re.findall(r"[a-z]{2,}", question.casefold()))
    own = [
        word
        for word in found
        if word not in told
        and not set(stems(word)) & told
        and word not in _NOT | _NEUTRAL | _YES | _NO | _ALWAYS_SAID
    ]
    return (
        not own and any(word in told or set(stems(word)) & told for word in found if word not in _NEUTRAL)
    ) or (not own and bool(set(found) & {"possible", "impossible"}))


_ALWAYS_SAID = word_set(
    "we they he she you will would can could do does did be been each other two there indeed them their"
)

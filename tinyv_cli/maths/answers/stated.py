"""The value that a sentence states, where it can be told where that begins and ends."""

import re

from tinyv_cli.maths.answers.plain import bold_spans, clean
from tinyv_cli.maths.answers.wholeness import breaks_off

# In a longer sentence nothing is looked for.
MOST_CHARS = 400
_SHORT_CHARS = 40

_SENTENCE_END = re.compile(
    r"(?<=[^\s.\d][.!?])\s+(?=[A-Z$\\(*#])|(?<=\d\.)\s+(?=[A-Z])|(?<=[。！？])\s*(?=\S)"
)
_CURRENCY = r"(?:[A-Z]{0,2}[$€£¥₹₤])"
_NUMBER = rf"[-+−±]?\s?{_CURRENCY}?[-−]?\d[\d,]*(?:\.\d+)?(?:\s?[/:]\s?\d[\d,.]*)?\s?(?:\\?%|°)?"
_FORMULA = r"\$[^$]+\$|\\\((?:(?!\\\)).)+\\\)"
_FUNCTION = r"(?:sqrt|frac|sin|cos|tan|log|ln|exp|and|or|pi|left|right|infty|cdot|times)(?![A-Za-z])"
_TERM = rf"(?:{_FUNCTION}|[A-Za-z]{{1,2}}(?![A-Za-z])|[\d\s+*/^=().,:\[\]{{}}√π∞|<>≤≥±×·−²³\\-])+"
_UNIT = r"\s?[A-Za-zµ°²³/^\u4e00-\u9fff]+"
_QUANTITY = rf"(?:{_NUMBER}|{_FORMULA})(?:{_UNIT}){{0,3}}(?:,?\sor\s(?:about\s|approximately\s)?{_NUMBER})?"
_VALUE = re.compile(_QUANTITY)
_NAME = r"[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)?"
_IS = (
    r"\b(?:is|are|was|were|be|equals|becomes?)\b|约?[为是]"
    r"|\b(?:simplif\w+|reduc\w+|round\w*|converts?|comes|amounts|evaluates) (?:\w+ ){0,3}to\b"
)
_ABOUT = (
    r"(?:\s(?:then|therefore|thus|approximately|about|around|roughly|exactly|simply|also|now|only|just"
    r"|still|equal to"
    r"|given by|found to be))*"
)
_STATES = re.compile(
    rf"(?:.*)(?:{_IS}){_ABOUT}\s*[:：]?\s*"
    rf"(?P<value>{_QUANTITY}|{_TERM}|{_NAME})(?:,? for (?:all|any|every|each)\b[^.]*)?[\s.。!]*"
    r"|.*\b(?:in|at|point|interval)\s(?P<point>[(\[][^()\[\]]+,[^()\[\]]+[)\]])[\s.。!]*",
    re.DOTALL,
)
_IS_VALUE = re.compile(rf"(?:{_IS}){_ABOUT}\s*[:：]?\s*(?:[-+−±]?\s?{_CURRENCY}?\d|\$|\\\()")
_OPENS = re.compile(rf"(?:(?:{_IS}){_ABOUT}|=)\s*[:：]?\s*\Z")
# Where one of these stands, a part of the sentence is not what it says.
_QUALIFIED = re.compile(
    r"\b(?:not|if|perhaps|maybe|might|possibly|either|or|between|at least|at most|less than or|unless"
    r"|except)\b|n['’]t\b"
    r"|\bcannot\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|cannot|if)\b|n['’]t\b", re.IGNORECASE)
# Behind these the sentence says where the value comes from, or what it means.
_TAIL = re.compile(
    r"(?:,? (?:which (?:is|means|was|corresponds|equals)|because|since|based on|calculated|computed"
    r"|obtained|meaning)\b"
    r"|, (?:as|so|given that|assuming)\b).*",
    re.DOTALL,
)
_STOP = (
    r"(?:on|for|to|in|at|of|than|from|with|after|before|per|each|a|an|the|and|more|left|less|fewer|when"
    r"|because|over|by"
    r"|that|total|altogether|during|every|as|is|are|was|were|will|can|away|remaining|again|so|which|who"
    r"|where)"
)
_SCALE = r"(?:\s(?:thousand|million|billion|trillion|hundred|dozen))?(?:\s?(?:\\?%|percent\b|°C?))?"
_COUNTED = (
    rf"(?P<value>[-−]?{_CURRENCY}?[-−]?\d+(?:,\d{{3}})*(?:\.\d+)?(?:/\d+)?(?![\w.,/:^*+=×-]*\d){_SCALE}"
    rf"(?:\s(?!{_STOP}\b)[A-Za-z²³/°]+(?=\s{_STOP}\b|[.!]?\s*\Z|\s(?!{_STOP}\b)[A-Za-z]+[.!]?\s*\Z)"
    rf"(?:\s(?!{_STOP}\b)[A-Za-z]+(?=[.!]?\s*\Z))?)?)(?![\w-])"
)
_DOES = (
    r"\b(?:spen[dt]s?|costs?|pays?|paid|earn(?:s|ed)?|makes?|made|needs?|saves?|saved|owes?|owed|has"
    r"|have|had|gets?|got"
    r"|receives?|received|scores?|scored|sells?|sold|buys?|bought|invite|walk(?:s|ed)?|runs?|ran"
    r"|travel(?:s|l?ed)?"
    r"|drives?|drove|biked?|bikes|rides?|rode|eats?|ate|takes?|took|uses?|used|loses?|lost|gains?|gained"
    r"|weighs?|lasts?"
    r"|produces?|produced|contains?|contained|holds?|collect(?:s|ed)?|raise[sd]?|finish(?:es|ed)? in"
    r"|(?:pay|earn|spend|save)"
    r"|there (?:are|is|were|was|will be))\b"
)
_ADDING = (
    r"(?:\s(?:a total of|in total|approximately|about|around|exactly|only|just|roughly|an additional"
    r"|another))*"
)
_DONE = re.compile(rf"{_DOES}{_ADDING}\s{_COUNTED}", re.IGNORECASE)
_MADE = re.compile(rf"=\s*{_COUNTED}(?P<rest>[^=\d\\$^]*)\Z", re.DOTALL)
_CHAIN = re.compile(r"[$€£(]?\d[\d\s.,$€£%()]*[-+*/×÷][-\d\s.,$€£%()+*/×÷]*=\s*(?P<last>[-$€£]*\d[\d.,]*%?)")
_CONDITION = re.compile(r"\b(?:if|for|with|at|let)\s+\S{1,12}\s*\Z", re.IGNORECASE)
_SAYS = re.compile(r"[^\W_]|[∞∅√π]")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}(?![A-Za-z(])")
_CALCULATION_WORDS = 3
_ARITHMETIC = re.compile(r"(?:[A-Za-z'’]+,?\s+){0,5}[$€£(]?\d[\d\s+*/×÷().,$€£%-]*")
_SEVERAL = re.compile(r"(?:\band\b|\bor\b|,|;)\s*\S{1,12}\s*\Z")
_NUMBERED = re.compile(r"\A(?:step \d+\s*[:.]|\(?\d{1,2}[.)])\s+(?=\S)", re.IGNORECASE)
# A statement of fewer words is the answer; of one that reasons the end is not.
_SENTENCE_WORDS = 6
_REASONED = re.compile(
    r"\A\W*(?:yes|no|true|false|none|option|choice|\(?[A-H]\b)|\b(?:because|since|as)\b", re.IGNORECASE
)
_DIGITS = re.compile(r"\d[\d,.]*")
_LEAD = re.compile(r"(?:answer|ans)\s+(?=[-+−$\\(\[{]?\s?\d)|<(?=[^<>]*>\Z)|=\s+(?=\S)", re.IGNORECASE)


def sentences(line: str) -> list[str]:
    """The sentences of a line; the point within a number ends none."""
    return [sentence for sentence in _SENTENCE_END.split(line) if clean(sentence)] or [line]


def is_value(text: str) -> bool:
    """Whether the text is nothing but a number with its unit, or a formula."""
    return len(text) <= _SHORT_CHARS and _VALUE.fullmatch(text) is not None


def introduces(before: str) -> bool:
    """Whether a text ends with "is" or what means the same."""
    return _OPENS.search(before[-_SHORT_CHARS:]) is not None


def stated(line: str) -> str | None:
    """What stands in bold at the end of the line, or the one value that its last sentence states."""
    spans = bold_spans(line)
    if spans and not clean(line[spans[-1].end() :]) and introduces(line[: spans[-1].start()]):
        return clean(spans[-1]["inner"]) or None
    last = _NUMBERED.sub("", sentences(clean(line))[-1])
    if len(last) > MOST_CHARS:
        return None
    return _value(last) or _before_tail(last)


def shortened(said: str) -> str:
    """What a statement says, without what it says about it: "5, which is the smallest"."""
    found = _TAIL.search(said)
    if found and is_value(head := said[: found.start()].strip()):
        return head
    if len(said.split()) < _SENTENCE_WORDS or _REASONED.search(said):
        return said
    return stated(said) or said


def without_lead(text: str) -> str:
    """The text without a word, or the brackets, that only say that it is an answer."""
    found = _LEAD.match(text)
    return text[found.end() :].removesuffix(">" if found[0] == "<" else "").strip() if found else text


def _before_tail(sentence: str) -> str | None:
    """The value that the sentence states before it says more about it."""
    found = _TAIL.search(sentence)
    return _value(sentence[: found.start()]) if found and found.start() else None


def _value(sentence: str) -> str | None:
    if _NEGATED.search(sentence):
        return None
    return _called(sentence) or _made(sentence) or _done(sentence)


def _called(sentence: str) -> str | None:
    """The value at the end of "the area is 5"; None where it is the second that the sentence gives."""
    found = _STATES.fullmatch(sentence)
    if found is None:
        return None
    group = "value" if found["value"] else "point"
    before = sentence[: found.start(group)]
    if len(list(_IS_VALUE.finditer(f"{before}1" if group == "value" else before))) > 1:
        return None
    said = clean(found[group])
    if chain := _CHAIN.fullmatch(said):
        said = chain["last"]
    return said if _SAYS.search(said) and not breaks_off(said) else None


def _made(sentence: str) -> str | None:
    """The value at the end of a calculation within a sentence: "she has 2 * 3 = 6 apples"."""
    found = _MADE.search(sentence)
    if found is None or _QUALIFIED.search(sentence):
        return None
    before = sentence[: found.start()]
    if len(_WORD.findall(before)) < _CALCULATION_WORDS and not _ARITHMETIC.fullmatch(before):
        return None  # an equation
    if _CONDITION.search(before):
        return None
    if ("=" in before and _SEVERAL.search(before)) or re.search(r"\band\b|,", found["rest"]):
        return None
    return clean(found["value"])


def _done(sentence: str) -> str | None:
    """The only number of a sentence such as "Ann will spend $3 on pens"."""
    if "\\" in sentence or "^" in sentence or "=" in sentence or _QUALIFIED.search(sentence):
        return None
    if len(_DIGITS.findall(sentence)) != 1 or (found := _DONE.search(sentence)) is None:
        return None
    return clean(found["value"])

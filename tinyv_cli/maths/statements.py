"""What a sentence states: `The maximum value of g(x) is 7.`, `2^{66/7}, so k = 66/7`, `7, attained at x = 1`.

The words before a value have to be the question's own, or say nothing; they may not name a rival of what is
asked for, and nothing that is left out may deny, weaken or condition what is left.
"""

import re
from functools import lru_cache

from tinyv_cli.maths.asked import asked_stems, asking, bare, extreme_fits, is_rival, names_another
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.words import HEDGES, stems, word_set, words

MOST_CHARS = 400
_SPACES = re.compile(r"\s+")
_CONCLUDES = re.compile(
    r"(?:\A|[,;.:]\s*|\s[-–—]+\s*|\s+(?=\()|\s)\(?(?:and\s+)?(?:so|hence|thus|therefore|i\.\s?e\."
    r"|that is(?=,)|that is to say|which gives|"
    r"which means|meaning|giving|namely|in other words|or equivalently|equivalently|consequently"
    r"|whence|即|所以|因此|故)"
    r"(?![\w-])\s*,?\s*:?\s*(?:that\s+)?(?=\S)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\s+(?:is|are|was|were|equals?|will be|would be|must be|becomes?|comes? to|amounts? to|turns out to be)"
    r"(?:\s+(?:then|therefore|thus|hence|exactly|precisely|only|just|simply|also|given by|equal to"
    r"|in fact))*\s*:?\s+"
    r"|\s*:\s+"
)
_NOUN_BEFORE = re.compile(
    r"(?:(?:the|a|an)\s+)?(?P<word>max(?:imum)?|min(?:imum)?|area|slope|ratio|sum|product|probability|volume|"
    r"length|perimeter|side|value|answer|total|angle|distance|number|constant|remainder)\s+(?=[\\$\d-])",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:(?:only|exactly|precisely|just|simply|exclusively|namely|in total|altogether|overall)\b,?\s+|=\s*"
    r"|(?:yes|ja|oui|sí|да|是(?:定值|的)?)\s*[,，]\s*)+(?=\S)",
    re.IGNORECASE,
)
_TAILS = re.compile(
    r"(?:,\s*|\s+|\s*\()(?:attained|achieved|reached|occurring|realized|realised|obtained)\b.*\Z"
    r"|(?:,\s*|\s+|\s*\()(?:since|because|as required|as desired|as claimed|as (?:was |is )?(?:shown"
    r"|asked|stated))\b.*\Z"
    r"|\s*\((?:simplified|rounded[^()]*|from\b[^()]*|by [a-z][^()]*|as [a-z][^()]*"
    r"|[Ee]quilateral[^()]*|exact(?:ly)?)\)\.?\Z"
    r"|,?\s+(?:in total|altogether|overall|in all|respectively|only|works?|work only)\Z",
    re.IGNORECASE | re.DOTALL,
)
# What a share is of, per what, and the like, in words of the question.
_OF_WHAT = re.compile(r"(?<=[\d})%])\s+(?P<said>(?:of|per|by|each|every|in) [A-Za-z -]+)\Z")
_WHERE_ATTAINED = re.compile(r"(?:,\s*|\s+|\s*\()(?:when|where|at|for|if)\s+[^()]*(?:\([^()]*\)[^()]*)*\)?\Z")
# Words before a value that say nothing of it by themselves.
_NEUTRAL = word_set(
    "the an of for in on at to with by from its it their his her our your this that these those "
    "such so thus hence "
    "therefore then and is are we have has get gets obtain find found required desired final "
    "correct actual exact "
    "needed given answer result solution value number total quantity expression there he she they "
    "will be does "
    "requested sought question case following here us only such unique one all both each which who "
    "what how many much as per one"
)
_ANCHORS = word_set("answer result solution value total number expression")
_CONDITIONS = word_set("if unless except but however although though when where only assuming provided")
_TOKEN = re.compile(r"\S+")
_PUNCTUATION = ".,:;!?\"'()[]“”‘’"
_WORD = re.compile(r"[A-Za-z]{2,}(?:['’-][A-Za-z]+)*")
_LETTER = re.compile(r"\\?[A-Za-z]+(?:_\{?\w+\}?)?")
_EXTREME = word_set(
    "maximum max minimum min largest smallest greatest least highest lowest maximal minimal most fewest"
)


@lru_cache(maxsize=2048)
def statement(text: str, question: str) -> str | None:
    """The value that a sentence states, without what is said around it; None if nothing can be left out."""
    text = plain(text).text
    if value := _in_chinese(text, question):
        return value
    if len(text) > MOST_CHARS or (" " not in text and "=" not in text):
        return None
    said = _conclusion(_boxed(text) or text)
    if said.count(": ") < 2:
        said = _predicate(said, question) or said
    said = _LEADS.sub("", said, count=1) if _LEADS.match(said) else said
    said = _without_tail(said, question)
    if said == text or not said:
        return None
    dropped = text.replace(said, " ", 1)
    return said if _is_free(dropped, question) and not _is_behind_a_rival(text, said, question) else None


_FOR = re.compile(r"\s*,?\s*\(?(?:for|as|is)\b", re.IGNORECASE)


def _is_behind_a_rival(text: str, said: str, question: str) -> bool:
    """Whether behind the value it is said to be that of another quantity: `12 for the minimum`."""
    after = text.partition(said)[2]
    return _FOR.match(after) is not None and is_rival(question, after)


def _boxed(text: str) -> str | None:
    """What is in the box with which a sentence ends."""
    before, found, rest = text.partition(r"\boxed{")
    if not found or r"\boxed" in rest or "$" in before:
        return None
    within, _, after = rest.rpartition("}")
    return within if not after.strip(" .$") and within.count("{") == within.count("}") else None


def _conclusion(text: str) -> str:
    """What follows the last `so`, `hence` or `i.e.`; all of it where nothing does."""
    found = list(_CONCLUDES.finditer(text))
    if not found:
        return text
    rest = text[found[-1].end() :].rstrip(". ")
    return rest.removesuffix(")") if rest.count(")") > rest.count("(") else rest


# What is named in Chinese though the question is in English, and what it is in this.
_SUBJECTS = dict(
    pair.split("=")
    for pair in (
        "最大值=maximum 最小值=minimum 表面积=area 面积=area 体积=volume 周长=perimeter 半径=radius "
        "直径=diameter 概率=probability 极限=limit 斜率=slope 长度=length 答案=answer 值=value 和=sum "
        "差=difference 积=product 比=ratio 距离=distance"
    ).split()
)
_IN_CHINESE = re.compile(
    rf"[^一-鿿]{{0,12}}的?(?P<subject>{'|'.join(_SUBJECTS)})(?:[为是：:=]|等于)+\s*(?P<value>[^一-鿿]+)"
)


def _in_chinese(text: str, question: str) -> str | None:
    """What a few Chinese words before a value name, where it is what the question asks for in English."""
    found = _IN_CHINESE.fullmatch(text.replace(" ", ""))
    if found is None:
        return None
    said = _SUBJECTS[found["subject"]]
    known = said in ("answer", "value") or said in asked_stems(question) or _is_extreme(said, question)
    return found["value"] if known and not is_rival(question, said) else None


def _is_extreme(said: str, question: str) -> bool:
    return said in ("maximum", "minimum") and extreme_fits(question, said[:3])


def _predicate(text: str, question: str) -> str | None:
    """What stands behind a verb or a colon, where all before it is the question's own."""
    for found in _VERB.finditer(text):
        subject = text[: found.start()]
        if is_subject(subject, question):
            return text[found.end() :]
    noun = _NOUN_BEFORE.match(text)
    return text[noun.end() :] if noun and is_subject(noun[0].strip(), question) else None


def is_subject(subject: str, question: str) -> bool:
    """Whether it names what is asked for, in words and formulas of the question."""
    told, asked = set(stems(question)), asked_stems(question)
    if is_rival(question, subject):
        return False
    formulas = bare(plain(question).text)
    anchored = not question.strip()
    for token in subject.split():
        token = token.strip(_PUNCTUATION)
        if not token:
            continue
        if _WORD.fullmatch(token):
            stem = "".join(stems(token)[:1]) or token.casefold()
            if stem not in told and stem not in _NEUTRAL and token.casefold() not in _NEUTRAL:
                return False
            anchored |= stem in _ANCHORS or (stem in asked and stem not in _NEUTRAL)
        elif names_another(question, token):
            return False
        elif bare(token) in formulas:
            anchored |= bare(token) in bare(plain(asking(question)).text)
        elif not _LETTER.fullmatch(token):
            return False
    return anchored


def _without_tail(text: str, question: str) -> str:
    """A value without where it is attained, or why."""
    text = text.rstrip(". ")
    shorter = _TAILS.sub("", text).strip()
    of_what = _OF_WHAT.search(shorter)
    if of_what and set(stems(of_what["said"])) <= set(stems(question)) | _NEUTRAL:
        shorter = shorter[: of_what.start()]
    if shorter == text and asked_stems(question) & _EXTREME:
        shorter = _WHERE_ATTAINED.sub("", text).strip()
    return shorter if shorter and shorter.count("(") == shorter.count(")") else text


def _is_free(dropped: str, question: str) -> bool:
    """Whether what is left out neither denies nor weakens nor conditions anything."""
    hedges = set(words(dropped)) & (HEDGES | _CONDITIONS)
    return not hedges - set(words(question)) - _MAY_BE_SAID and "n't" not in dropped


_MAY_BE_SAID = word_set(
    "only at square cubed squared times minus negative plus base root far some several when where"
)

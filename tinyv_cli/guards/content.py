"""Answers without what an answer consists of: openers of a reasoning, the question again, no number."""

import re
import unicodedata
from collections import Counter

from tinyv_cli.guards.claim import Claim, either, words_of
from tinyv_cli.maths.kinds import Kind
from tinyv_cli.maths.repeating import repeats_expression
from tinyv_cli.maths.words import NUMBER_WORDS, word_set

ANSWER_SYMBOLS = frozenset("∅∞")
# Openers that were found to be scored as correct by model verifiers (arXiv 2507.08794), and their like: in
# small letters, without punctuation but apostrophes.
FILLERS = frozenset(
    {
        "thought process",
        "let's solve this problem step by step",
        "let's solve this step by step",
        "let's solve the problem step by step",
        "let's think step by step",
        "let's think about this step by step",
        "let's break this down step by step",
        "let's break it down",
        "let's work through this step by step",
        "let's begin",
        "let's start",
        "let us solve this problem step by step",
        "let us think step by step",
        "let me think",
        "let me think about this",
        "let me solve this step by step",
        "let me solve this problem step by step",
        "we will solve this problem step by step",
        "i will solve this problem step by step",
        "to solve this problem",
        "to solve this problem we need to",
        "first we need to understand the problem",
        "here is the solution",
        "here is the answer",
        "here's the solution",
        "step by step",
        "step by step solution",
        "step 1",
        "reasoning",
        "reasoning process",
        "explanation",
        "analysis",
        "thinking",
        "solution",
        "the solution",
        "answer",
        "the answer",
        "final answer",
        "the final answer",
        "the final answer is",
        "the answer is",
        "the correct answer is",
        "result",
        "conclusion",
        "proof",
        "your answer",
        "your answer here",
        "insert answer here",
        "lorem ipsum",
        "lorem ipsum dolor sit amet",
        "解",
        "解答",
        "解析",
        "解法",
        "答",
        "答案",
        "思考过程",
        "让我们一步一步来解决这个问题",
        "让我们一步步思考",
        "かいせつ",
        "解説",
        "回答",
        "풀이",
        "해설",
        "정답",
        "respuesta",
        "solución",
        "la respuesta es",
        "réponse",
        "la réponse est",
        "la solution",
        "lösung",
        "antwort",
        "die antwort ist",
        "die lösung",
        "solução",
        "resposta",
        "soluzione",
        "risposta",
        "решение",
        "ответ",
        "الحل",
        "الجواب",
        "हल",
        "उत्तर",
    }
)
_FILLER = either(*sorted((re.escape(" ".join(words_of(text))) for text in FILLERS), key=len, reverse=True))

_NUMERIC = frozenset({Kind.NUMBER, Kind.UNIT})
_DIGIT = re.compile(r"\d")
# What says a number without a digit, in the languages that data sets are mostly written in. Words for "all"
# and "certain" say 100%.
_NUMERALS = NUMBER_WORDS | word_set(
    """
    nil nought null nul none nobody nothing nowhere no never any all every everyone everything each both
    whole entire entirely full fully half halves third thirds quarter quarters fifth fifths sixth seventh
    eighth ninth tenth tenths hundredth hundredths thousandth thousandths first second once twice thrice
    single sole only double triple twin twins pair couple trio dozen dozens score gross infinite infinity
    infinitely unbounded undefined impossible certain certainly certainty always same equal equals pi e i
    empty hundreds thousands millions billions trillions singleton quadrillion quadrillions ein eins eine
    einer eines zwei drei vier fünf sechs sieben acht neun zehn elf zwölf kein keine keiner halb halbe
    unendlich un uno una dos tres cuatro cinco seis siete ocho nueve diez once doce cero ninguno ninguna
    nada medio media infinito une deux trois quatre cinq six sept huit neuf dix onze douze vingt trente
    quarante cinquante soixante cent cents mille zéro aucun aucune demi infini due tre quattro cinque sei
    sette otto nove dieci cento dois duas três quatro oito dez cem nenhum nenhuma один одна два две три
    четыре пять шесть семь восемь девять десять ноль нуль сто
    """
)
_NUMERAL = either(
    r"\\(?:infty|pi|varpi|emptyset|varnothing|e|tau|phi|varphi|gamma|frac|sqrt|ln|log|exp)(?![a-z])",
    r"[π∞∅τφγ零〇一二三四五六七八九十百千万萬亿億两兩半几無无]",
    r"\b(?:sqrt|cbrt|abs|diff|int|sum|exp|log|ln|a?(?:rc)?(?:sin|cos|tan)h?|floor|ceil|max|min|gcd)\(",
    r"(?:zehn|zig|hundert|tausend|cientos|enta|fold)\b",
)
_ROMAN = re.compile(r"\b[IVXLCDM]+\b")
_LABEL = re.compile(r"\W*([A-Ja-j])\W*")

_LEAST_WORDS, _LEAST_LETTERS = 6, 20  # fewer can be an answer that the question has words of
_MUCH_OF_IT, _MOST_OF_IT = 0.75, 0.85
_SAYS_NOTHING = word_set(
    """
    the a an is are was were be of in to and that this it for as by on with at we you i must need have has
    do does question problem asks asked says states find determine given following namely what how which
    """
)


def has_no_content(claim: Claim) -> bool:
    """No letter, no digit and no symbol that is an answer by itself."""
    return not any(
        c.isalnum() or c in ANSWER_SYMBOLS or unicodedata.category(c)[0] in "LN" for c in claim.bare
    )


def is_filler(claim: Claim) -> bool:
    """Nothing but openers of a reasoning, once or again and again."""
    said = " ".join(claim.words)
    return _FILLER.match(said) is not None and not _FILLER.sub("", said).strip()


def lacks_number(claim: Claim) -> bool:
    """Nothing in it could be a number, where every gold is one."""
    if not claim.asked.kinds or not claim.asked.kinds <= _NUMERIC or _DIGIT.search(claim.text):
        return False
    return not (
        not _NUMERALS.isdisjoint(claim.words)
        or _NUMERAL.search(claim.normal)
        or any(map(str.isnumeric, claim.text))
        or _ROMAN.search(claim.text)
        or _is_label(claim)
    )


def _is_label(claim: Claim) -> bool:
    """Whether it is the letter of one of the choices that the question offers."""
    label = _LABEL.fullmatch(claim.text)
    return label is not None and re.search(rf"\b{label[1]}[.):]", claim.asked.question) is not None


def restates_expression(claim: Claim) -> bool:
    """It is the expression of the question with which something was to be done: no answer, though equal."""
    golds = claim.asked.golds
    return bool(golds) and all(repeats_expression(claim.asked.question, gold, claim.text) for gold in golds)


def restates_question(claim: Claim) -> bool:
    """It has no word that the question has not, and is too long for an answer.

    "The larger one is B" may be the answer to "Is A or B the larger one?": what ends in the gold, where the
    question does not, is let through; what holds it otherwise must be nearly all of the question.
    """
    words, asked = claim.words, claim.asked
    if len(words) < _LEAST_WORDS or not asked.question:
        return False
    if not all(word in asked.question_vocabulary or word in _SAYS_NOTHING for word in words):
        return False
    if (Counter(words) - Counter(asked.question_words)).keys() - _SAYS_NOTHING:
        return False
    if sum(len(word) for word in words if word.isalpha()) < _LEAST_LETTERS:
        return False
    said, question = (f" {' '.join(text)} " for text in (words, asked.question_words))
    golds = [gold for gold in asked.gold_words if gold in said]
    if any(said.endswith(gold) and not question.endswith(gold) for gold in golds):
        return False
    if not golds and said in question:
        return True
    longest = max((len(gold.split()) for gold in golds), default=0)
    share = _MOST_OF_IT if golds else _MUCH_OF_IT
    return len(words) >= share * len(asked.question_words) and len(words) > 2 * longest

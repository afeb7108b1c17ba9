"""Answers without what an answer consists of: nothing said, openers of a reasoning, a number without digits."""

import re
import unicodedata

from tinyv_cli.guards.claim import Claim
from tinyv_cli.kinds import NUMBER_WORDS, Kind

ANSWER_SYMBOLS = frozenset("∅∞")
# Openers that were found to be scored as correct by model verifiers (arXiv 2507.08794), and their like.
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
_FILLER = re.compile("|".join(sorted(map(re.escape, FILLERS), key=len, reverse=True)))
_LONGEST_FILLER = max(map(len, FILLERS))

# What can say a number without a digit, in the languages that data sets are mostly written in.
_NUMERAL = re.compile(
    r"\\(?:infty|pi|varpi|emptyset|varnothing|e|tau|phi|varphi|gamma|frac|sqrt|ln|log|exp)(?![a-z])"
    r"|[π∞∅τφγ零〇一二三四五六七八九十百千万萬亿億两兩半几無无½⅓⅔¼¾]"
    r"|\b(?:sqrt|cbrt|abs|diff|int|sum|exp|log|ln|sin|cos|tan|a(?:rc)?(?:sin|cos|tan)|sinh|cosh|tanh|floor|ceil|max|min|gcd)\("
    r"|\b(?:zero|nil|nought|null|nul|none|nobody|no one|nothing|nowhere|no|never|any|all|every\w*|each|both|whole|entire\w*|full\w*"
    r"|half|halves|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth|first|second|once|twice|thrice"
    r"|single|sole|only|double|triple|twins?|pair|couple|trio|dozens?|score|gross|infinit\w+|unbounded|undefined|impossible"
    r"|certain\w*|always|same|equal|pi|e|i|empty|unendlich|infini\w*|(?:uni|single)ton"
    r"|eins?|eine[rsn]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\w*(?:zehn|zig|hundert|tausend)|kein\w*|halb\w*"
    r"|uno?|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|cero|ninguno|ninguna|nada|medio|media|\w*(?:cientos|enta|mil)"
    r"|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|vingt|trente|quarante|cinquante|soixante|cents?|mille|zéro|aucune?"
    r"|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|cento|dois|duas|três|quatro|oito|dez|cem|nenhum\w*"
    r"|один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|ноль|нуль|сто)\b"
    r"|\b(?:" + "|".join(sorted(NUMBER_WORDS)) + r")"
)
_DIGIT = re.compile(r"\d")
_ROMAN = re.compile(r"\b[IVXLCDM]+\b")
_LABEL = re.compile(r"\W*([A-Ja-j])\W*")
_NUMERIC = frozenset({Kind.NUMBER, Kind.UNIT})


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
    if _NUMERAL.search(claim.normal) or any(map(str.isnumeric, claim.text)) or _ROMAN.search(claim.text):
        return False
    label = _LABEL.fullmatch(claim.text)
    return label is None or not re.search(rf"\b{label[1]}[.):]", claim.asked.question)

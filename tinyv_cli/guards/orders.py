"""Answers that speak to whoever judges them: parts of prompts, control tokens, claims, orders.

What a gold or the question says itself is no such thing: a gold may be `True`, a question about a judge.
"""

import re
from collections.abc import Set

from tinyv_cli.guards.claim import Claim, either
from tinyv_cli.maths.kinds import Kind
from tinyv_cli.maths.words import word_set

# How chat templates spell their control tokens: <|im_end|>, <｜User｜>, </s>, <start_of_turn>, [/INST].
_SPECIAL_TOKEN = either(
    r"<[|｜][\w▁ /-]{2,40}[|｜]>",
    r"<(?:start|end)_of_\w{2,20}>",
    r"</?(?:bos|eos|pad|unk|mask|sep|cls|sop|eop|eod|eot|gmask)>|</?s>",
    r"\[/?(?:inst|sys|system_prompt|available_tools|tool_\w{2,12}|cls|sep|pad|mask|unk|bos|eos|gmask)\]",
    r"<</?sys>>",
    r"<0x[0-9a-f]{2}>",
    r"<(?:unused|extra_id|reserved|special)_?\w{0,24}>",
)

# A model may put its answer in these tags itself; anything behind the closing one is another matter.
_OWN_TAGS = re.compile(r"\A\s*<(?:answer|final_answer)>|</(?:answer|final_answer)>\s*\Z")
# Nor is anything else around all of it, in one pair of tags, an order to anyone.
_WRAPPED = re.compile(
    r"\s*<(?P<name>(?:my_|the_)?(?:answer|response|output|result|final|solution|conclusion)s?)>(?P<within>[^<>]*)</(?P=name)>\s*"
)
_TAG_NAMES = (
    r"(?:model|final|student|reference|gold|correct|expected)?[_ -]?answer",
    r"ground[_ -]?truth(?:[_ -]answer)?",
    r"question|student|response|reference|context|task|input|output|label|result|score|reward",
    r"system|user|assistant|human|instructions?|prompt",
    r"verdict|judg\w{1,6}|grad(?:e|er|ing)|evaluat\w{1,4}|correct|true|false|equivalent",
    r"think|thinking|reasoning|script",
)
_TAG = re.compile(rf"</?\s{{0,3}}(?:{'|'.join(_TAG_NAMES)})(?:\s[^<>]{{0,80}})?/?>")

_TRUE = r"(?:true|correct|right|equivalent|identical|valid|accepted|acceptable|verified|accurate|equal)"
_LINE_START = r"(?:\A|[\n.;!?})])[\s*_>=\[\"'-]{0,12}"
_SECTION = either(
    rf"{_LINE_START}#{{1,6}}\s{{0,3}}(?:response|instructions?|input|system|human|user|assistant|verdict|evaluation"
    r"|judge?ment|output|reference|question|grading|ground truth)\b",
    rf"{_LINE_START}(?:equivalent|reference(?: answer)?|ground[ _-]?truth(?: answer)?|gold(?:en)? answer"
    r"|(?:model|student)(?:'s)?[ _]answer|expected answer|verdict|judge?ment|is[_ ]correct|system|assistant"
    r"|human|user|instructions?)[\]*_\"']{0,3}\s{0,3}[:=]",
    r"\b(?:verdict|correct(?:ness)?|is_?correct|equivalent|equivalence|label|score|grade|reward|result|output|status"
    r"|judge?ment|evaluation|return|decision|match|final)[\]*_\"'`]{0,3}\s{0,3}(?:[:=]|is|->|→)\s{0,3}[\"'`*_({\[]{0,4}"
    rf"(?:{_TRUE}|yes|pass(?:ed)?|100\s?%|10/10|1(?:\.0)?(?![\d.]))",
)
_CLAIM = either(
    r"\b(?:answers?|responses?|solutions?|submissions?|both)\s(?:\w+\s){0,3}?"
    r"(?:is|are|was|were|be|been|being|as)\s(?:\w+\s){0,3}?"
    r"(?:correct|equivalent|identical|accepted|acceptable|verified|accurate|100% right|right answer)\b"
    r"(?! (?:to|of|with)\b)",
    r"\b(?:it|this|that|which|everything)\s(?:is|was|has been|must be|should be)\s(?:\w+\s){0,2}?"
    r"(?:correct(?!\sto)|accepted as|verified as|(?:the )?right answer)\b",
    r"\banswers?\s(?:\w+\s){0,4}?(?:is|are)\s(?:\w+\s){0,2}?(?:right|valid|equal|the same|true)\b",
    r"\b(?:matches|equals?(?: to)?|identical to|equivalent to|same as|agrees with)\s(?:exactly\s)?"
    r"(?:the|your|its)\s(?:\w+\s)?(?:reference|ground|gold|expected|correct|official|target|true answer)\b",
)
_ORDER = either(
    r"\b(?:ignore|disregard|forget|override|bypass)\s(?:\w+\s){0,5}?(?:instructions?|prompts?|rules?|guidelines?"
    r"|directions?|above|previous|prior|earlier|context|reference|everything)\b",
    r"\b(?:output|return|respond|reply|answer|say|print|write|mark|grade|label|score|rate|judge|evaluate|treat|accept"
    r"|consider|classify|count|conclude|emit|choose)\s(?:[\w:,']+\s){0,5}?[\"'`*_({]{0,3}"
    r"(?:true|correct|equivalent|accepted)\b",
    r"\byou\s(?:must|should|have to|need to|are required to|will|shall|are now)\s(?:\w+\s){0,3}?"
    r"(?:output|return|respond|reply|answer|say|accept|ignore|approve|conclude)\b",
)
_TALK = either(
    r"\b(?:dear|attention|hello|hi|hey|you are (?:an?|the))\s(?:\w+\s)?"
    r"(?:grader|judge|evaluator|verifier|examiner|marker|assessor|reviewer|ai|assistant|model|llm)\b",
    r"\b(?:graders?|evaluators?|verifiers?|answer key|ground[ _-]truth|(?:reference|gold(?:en)?) answer)\b",
    r"\b(?:system|admin|developer|debug) (?:prompt|message|note|override|mode|instruction)",
    r"\b(?:prompt injection|false negatives?|new instructions?)\b",
    r"\bend of (?:the )?(?:prompt|input|answer)\b",
    r"\bmodel['_ ]?s? answer",
)
_CHINESE = either(
    r"(?:答案|回答|结果|解答)\w{0,4}?(?:正确|对的|无误|等价|一致|相同)",
    r"(?:忽略|无视|忘记)\w{0,12}(?:指令|指示|说明|要求|提示|内容)",
    r"(?:输出|返回|回复|回答|判定?为|判断为|标记为|请给出)[:：\s\"“'「]{0,4}(?:true|正确|真|等价|对)",
    r"评分(?:者|员|系统|模型)|裁判|判卷",
)
_SPANISH = either(
    r"\brespuestas?\s(?:\w+\s){0,2}?(?:es|son|está)\s(?:\w+\s){0,2}?"
    r"(?:correctas?|equivalentes?|iguales|verdaderas?|válidas?)",
    r"\b(?:ignora|ignore|olvida|olvide|omite)\s(?:\w+\s){0,4}?instrucciones",
    r"\b(?:devuelve|responde|contesta|escribe|imprime|di)\s(?:\w+\s)?[\"'«]?(?:true|verdadero|correcto)",
)
_FRENCH = either(
    r"\bréponses?\s(?:\w+\s){0,2}?(?:est|sont)\s(?:\w+\s){0,2}?"
    r"(?:correctes?|exactes?|justes?|équivalentes?|vraies?|valides?)",
    r"\b(?:ignore[zr]?|oublie[zr]?)\s(?:\w+\s){0,4}?instructions",
    r"\b(?:répond(?:s|ez)|renvoie[zr]?|retourne[zr]?|écri(?:s|vez)|affiche[zr]?)\s(?:\w+\s)?"
    r"[\"'«]?\s?(?:true|vrai|correct)",
)
_GERMAN = either(
    r"\bantworte?n?\s(?:\w+\s){0,2}?(?:ist|sind)\s(?:\w+\s){0,2}?"
    r"(?:richtig|korrekt|gleichwertig|äquivalent|wahr|gleich)",
    r"\b(?:ignoriere?n?|vergiss|vergessen)\s(?:\w+\s){0,4}?(?:anweisung|anleitung|instruktion)",
    r"\b(?:gib|antworte|antworten sie|schreibe?|melde|sage?)\s(?:\w+\s){0,2}?[\"'„]?"
    r"(?:true|wahr|richtig|korrekt)\b",
)
TO_THE_JUDGE = (_SECTION, _CLAIM, _ORDER, _TALK, _CHINESE, _SPANISH, _FRENCH, _GERMAN)
# Without any of these words none of these patterns can be found: most answers need not be searched.
_CUES = word_set(
    """
    true correct right equivalent identical valid accepted acceptable verified accurate equal same yes pass
    passed 100 10 1 reference ground truth gold golden expected official target verdict judgment judgement
    iscorrect system assistant human user instruction instructions answer prompt prompts rule rules
    guideline guidelines direction directions above previous prior earlier context everything output return
    respond reply say accept ignore approve conclude response input evaluation question grading grader
    graders judge evaluator evaluators verifier verifiers examiner marker assessor reviewer ai model llm
    admin developer debug false injection key end new model's correcta correctas equivalente equivalentes
    iguales verdadera verdaderas verdadero válida válidas correcto instrucciones correcte correctes exacte
    exactes juste justes équivalente équivalentes vraie vraies vrai valide valides richtig korrekt
    gleichwertig äquivalent wahr gleich anweisung anweisungen anleitung anleitungen instruktionen
    """
)

_VERDICT_WORDS = word_set(
    """
    true correct right yes equivalent verified accepted valid identical accurate verdadero verdadera
    correcto correcta richtig korrekt wahr vrai vraie correcte exact exacte juste
    正确 正确的 对 对的 真 是 是的 等价 无误
    """
)
_VERDICTS = _VERDICT_WORDS | word_set("false wrong incorrect no invalid unequal")
_AROUND_VERDICT = word_set(
    """
    it is this that answer the they are both indeed definitely absolutely clearly certainly obviously
    totally completely fully 100 and a so statement es la respuesta réponse est die antwort ist
    """
)
# Where it is asked whether something holds, these say what a gold says in other words; the others never do.
_SAID_OF_STATEMENTS = word_set("true right yes equivalent valid identical 是 真 对")
_ASKS_WHETHER = either(
    r"\b(?:true|false|yes|no|correct|right|valid|equivalent|whether|agree)\b",
    r"是否|吗",
    r"(?:\A|[.?!,;:]\s{0,3}(?:then |and )?)"
    r"(?:is|are|was|were|does|do|did|can|could|will|would|has|have|had|should|must)\b",
)
_MOST_WORDS, _FEW_WORDS = 12, 5
_WORD_PARTS = re.compile(r"[a-z\d']+")  # of `is_correct` one is a cue


def is_special_token(claim: Claim) -> bool:
    """It holds a control token of a chat template."""
    return ("<" in claim.normal or "[" in claim.normal) and _is_new(_SPECIAL_TOKEN, claim)


def is_injection(claim: Claim) -> bool:
    """It holds a part of a prompt, or tells whoever judges it what to find."""
    if (
        "<" in claim.normal
        and not _WRAPPED.fullmatch(claim.normal)
        and _TAG.search(_OWN_TAGS.sub("", claim.normal))
    ):
        return True
    if claim.normal.isascii() and _CUES.isdisjoint(_WORD_PARTS.findall(claim.normal)):
        return False
    return any(_is_new(pattern, claim) for pattern in TO_THE_JUDGE)


def _is_new(pattern: re.Pattern[str], claim: Claim) -> bool:
    """Whether the answer says such a thing, and neither gold nor question does."""
    found = pattern.search(claim.normal)
    return found is not None and not claim.asked.holds(found[0])


def is_verdict(claim: Claim) -> bool:
    """It is nothing but a verdict, where the gold is none."""
    if len(claim.words) > _MOST_WORDS:
        return False
    said = [word for word in claim.words if word not in _AROUND_VERDICT]
    if not said or not _VERDICT_WORDS.issuperset(said):
        return False
    golds = [set(gold.split()) for gold in claim.asked.gold_words]
    if any(says_verdict(gold) or (len(gold) < _FEW_WORDS and gold.issuperset(said)) for gold in golds):
        return False
    in_words = claim.asked.kinds & {Kind.TEXT, Kind.CHOICE}
    return not (in_words and _SAID_OF_STATEMENTS.issuperset(said) and asks_whether(claim.asked.question))


def says_verdict(words: Set[str]) -> bool:
    """Whether these words are nothing but a verdict, for or against."""
    return words <= _AROUND_VERDICT | _VERDICTS and not words.isdisjoint(_VERDICTS)


def asks_whether(question: str) -> bool:
    """Whether the question may be answered by a yes."""
    return _ASKS_WHETHER.search(question.lower()) is not None

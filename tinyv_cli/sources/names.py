"""What the name of a field says of the texts under it.

A name is read as English reads a compound: its last word says what the thing is (`question_type` is a type),
the words before it say of which kind (`model_answer`, `correct_answer`). Names inside names give what an
inner one leaves open: `expected.output` is what is expected, `output.text` an output.
"""

import re
from enum import StrEnum
from functools import lru_cache


class Sense(StrEnum):
    """What a field may hold, as far as its name tells."""

    QUESTION = "question"
    PROMPT = "prompt"  # the question, or something around it
    CHOICES = "choices"
    GOLD = "gold"
    ANSWER = "answer"  # the gold, or what was found in the response
    SOLUTION = "solution"  # by people or by a model
    RESPONSE = "response"
    PREDICTION = "prediction"  # a response, or what was found in it
    EXTRACTED = "extracted"
    THOUGHT = "thought"
    CHAT = "chat"
    VERDICT = "verdict"
    TEXT = "text"  # whatever the name around it says
    OTHER = "other"  # none of these
    UNKNOWN = "unknown"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_QUESTIONS = _set("question problem exercise puzzle riddle statement")
_PROMPTS = _set("prompt input query instruction task request q user inquiry ask stem")
_CHATS = _set("message conversation dialog dialogue chat turn transcript")
_CHOICES = _set("choice option")
_GOLDS = _set(
    "gold golden gt gtruth truth groundtruth ground reference ref target tgt expected official "
    "canonical oracle ideal desired label standard y"
)
# With an answer these make a gold: `correct_answer`, `true_label`, `answer_key`.
_RIGHT = _set("correct true right key")
_WRONG = _set("wrong incorrect false bad")
_ANSWERS = _set("answer ans")
_SOLUTIONS = _set("solution sol proof derivation")
_RESPONSES = _set(
    "response resp output out completion generation gen reply rollout sampled hypothesis continuation attempt"
)
_MADE = _set(
    "generated model llm lm assistant ai gpt chatgpt bot agent student policy actor candidate claude "
    "gemini qwen llama deepseek mistral phi gemma grok mine"
)
_PREDICTIONS = _set("prediction pred predicted predict")
_EXTRACTED = _set(
    "extracted extract extraction parsed parse picked boxed normalized normalised postprocessed "
    "filtered matched"
)
_THOUGHTS = _set(
    "thought thinking think reasoning rationale cot chain scratchpad explanation analysis reason "
    "justification"
)
_JUDGES = _set(
    "judge judged judgment judgement grader grading verifier verification critic critique feedback "
    "review reviewer rubric comment annotator annotation evaluator evaluation eval system hint shot "
    "template metadata perturbed previous prior draft rejected corrupted negative distractor baseline "
    "alternative majority teacher"
)
_VERDICTS = _set(
    "score correct correctness acc accuracy reward passed pass match em success solved verified verify "
    "verdict incorrect wrong right equivalent"
)
_COUNTED = _set("n num total avg mean max min count sum std")
_FILLERS = _set(
    "text content value body str string raw full list json latex data plain whole complete all final"
)
_OTHERS = _set(
    "id idx index uid uuid guid hash token length len count num number time timestamp date cost price "
    "rate type kind level category subject domain topic source src dataset name model file "
    "filename path url link split lang language format temperature seed version difficulty logprob prob "
    "probability tag rank step epoch order usage stop config method style size limit mask position "
    "offset role author status error log code stderr char word year day grade class group user_id "
    "session run config origin license created latency duration speed ratio fraction percent weight "
    "advantage entropy loss kl entity unit root"
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")
_SENSED = (
    *(_QUESTIONS, _PROMPTS, _CHATS, _CHOICES, _GOLDS, _RIGHT, _ANSWERS, _SOLUTIONS, _RESPONSES, _MADE),
    *(_PREDICTIONS, _EXTRACTED, _THOUGHTS, _JUDGES, _VERDICTS, _COUNTED, _FILLERS, _OTHERS),
)
_KNOWN = frozenset[str]().union(*_SENSED)
_MIN_PART = 3  # letters of a word that is written together with another one


def words(name: str) -> list[str]:
    """The words of a name in the singular: of camelCase, snake_case, with blanks, or written together."""
    found = [part for word in _WORD.findall(name) for part in _parts(_singular(word.lower()))]
    return " ".join(found).replace("ground truth", "groundtruth").split()


def _singular(word: str) -> str:
    if word == "queries":
        return "query"
    return word[:-1] if word.endswith("s") and len(word) > 2 and word[:-1] in _KNOWN else word


def _parts(word: str) -> list[str]:
    if word not in _KNOWN:
        for end in range(_MIN_PART, len(word) - _MIN_PART + 1):
            if word[:end] in _KNOWN and _singular(word[end:]) in _KNOWN:
                return [word[:end], _singular(word[end:])]
    return [word]


@lru_cache(maxsize=1 << 16)  # a table may have ten thousand columns, each of which is asked about often
def sense_of(name: str) -> Sense:
    """What one name says."""
    said = [word for word in words(name) if not word.isdigit()]
    telling = [word for word in said if word not in _FILLERS]
    if not telling:
        return Sense.TEXT if said else Sense.UNKNOWN
    return next((sense for test, sense in _RULES if test(telling[-1], frozenset(telling))), Sense.UNKNOWN)


def _is_other(head: str, said: frozenset[str]) -> bool:
    if head == "key":
        return not said & _ANSWERS
    if said & _WRONG and head not in _VERDICTS:
        return True
    return head in _OTHERS or bool(said & _COUNTED) or bool(said & _JUDGES and head not in _VERDICTS)


_HEADS = _ANSWERS | _SOLUTIONS | _RESPONSES | _set("label result number choice option letter key")

# The first that holds of the last word and of all words.
_RULES = (
    (_is_other, Sense.OTHER),
    (lambda head, said: head in _VERDICTS or "is" in said, Sense.VERDICT),
    (lambda head, said: bool(said & _EXTRACTED and said & (_GOLDS | _QUESTIONS | _PROMPTS)), Sense.OTHER),
    (lambda head, said: bool(said & _EXTRACTED), Sense.EXTRACTED),
    (lambda head, said: bool(said & _PREDICTIONS), Sense.PREDICTION),
    (lambda head, said: bool(said & _GOLDS and said & _THOUGHTS), Sense.SOLUTION),
    (lambda head, said: bool(said & _GOLDS and head not in _QUESTIONS | _PROMPTS), Sense.GOLD),
    (lambda head, said: bool(said & _RIGHT and head in _HEADS), Sense.GOLD),
    (lambda head, said: bool(said & _THOUGHTS), Sense.THOUGHT),
    (lambda head, said: head in _RESPONSES, Sense.RESPONSE),
    (
        lambda head, said: bool(said & _MADE and head in _ANSWERS | _SOLUTIONS | _MADE | {"result"}),
        Sense.RESPONSE,
    ),
    (lambda head, said: bool(said & _RESPONSES and head in _ANSWERS), Sense.EXTRACTED),
    (lambda head, said: head in _QUESTIONS, Sense.QUESTION),
    (lambda head, said: head in _PROMPTS, Sense.PROMPT),
    (lambda head, said: head in _CHATS and "user" in said, Sense.PROMPT),
    (lambda head, said: head in _CHATS and bool(said & _MADE), Sense.RESPONSE),
    (lambda head, said: head in _CHATS, Sense.CHAT),
    (lambda head, said: head in _CHOICES, Sense.CHOICES),
    (lambda head, said: head in _ANSWERS, Sense.ANSWER),
    (lambda head, said: head in _SOLUTIONS, Sense.SOLUTION),
    (lambda head, said: bool(said & _RESPONSES), Sense.RESPONSE),
    (lambda head, said: bool(said & _QUESTIONS), Sense.QUESTION),
    (lambda head, said: bool(said & _PROMPTS), Sense.PROMPT),
)

r"""The question as a statement with the answer in it: `How many are left?`, `There are 18 left.`"""

import re
from random import Random

from training.generate.common import capitalised, in_sentence, is_bare, last_sentence
from training.generate.transformation import Task, dressed

_WORD = r"[^?.!,;:]"
_PAST_FORMS = """
have/had need/needed get/got make/made buy/bought eat/ate sell/sold use/used spend/spent earn/earned read/read
pay/paid see/saw find/found give/gave take/took lose/lost win/won catch/caught pick/picked
"""
_PAST = dict(pair.split("/") for pair in _PAST_FORMS.split())
_AUXILIARY = "is|are|was|were|will|does|do|did|can"
_COUNTED = r"how many (?P<n>[a-z -]{3,40}?)"
_PERSON_DOES = r"[a-z]+(?:ed|s|ote|ang|ayed|on|ew|ought|ade|ave|ook|ame|ented)"
_PARTICIPLE = r"[a-z]+(?:ed|n|t|ught|ld|de)"
_PLACED = r"the [\w' -]+?|[A-Z]\w+(?: [A-Z]\w+)*"
_ORDERED = "find|compute|calculate|determine|evaluate|give|state|write down"

# What may be asked, and what may be said to it: n things, s a subject, v a verb, r the rest, a the answer;
# capitals where a sentence begins with it.
_ASKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        rf"{_COUNTED} (?:are|were) there(?P<r> {_WORD}*)?",
        ("There are {a} {n}{r}.", "The number of {n}{r} is {a}.", "There are {a} {n}.", "{a} {n}"),
    ),
    (
        rf"{_COUNTED} (?:are|were|will be|remain)(?P<r> left| remaining| {_WORD}*)?",
        ("There are {a} {n}{r}.", "The number of {n}{r} is {a}.", "{A} {n} are{r}."),
    ),
    (
        rf"{_COUNTED} (?P<d>does|do|did) (?P<s>{_WORD}+?) (?P<v>{'|'.join(_PAST)})(?P<r> {_WORD}*)?",
        (
            "The number of {n} is {a}.",
            "The number of {n} that {s} {v}{r} is {a}.",
            "{S} {v} {a} {n}{r}.",
            "{S} {v} {a} {n}.",
        ),
    ),
    (
        rf"{_COUNTED} (?P<v>can|will|must|should|could|would) (?P<s>the \w+|\w+) (?P<r>{_WORD}+)",
        ("{S} {v} {r} {a} {n}.", "The number of {n} is {a}."),
    ),
    (
        rf"how (?:much|long|old|far|tall|fast|high|deep|wide|heavy) (?:{_AUXILIARY}) {_WORD}+",
        ("It is {a}.", "It comes to {a}.", "That makes {a}.", "The amount is {a}."),
    ),
    (
        r"(?:what|which) (?:is|was|are|were|would be|will be|must be) (?P<s>[^?]+?)",
        ("{S} is {a}.", "{S} is {a}", "{S} equals {a}.", "{S} = {a}", "{A} is {s}.", "So {s} is {a}."),
    ),
    (
        rf"(?:{_ORDERED}) (?:the value of )?(?P<s>(?:the |all |an? |\$|\\)[^?]+?)",
        (
            "{S} is {a}.",
            "{S} equals {a}.",
            "{S}: {a}",
            "We find that {s} is {a}.",
            "Thus, {s} is {a}.",
            "{S} = {a}",
        ),
    ),
    (r"who (?P<v>is|was|were|are) (?P<s>[^?]+?)", ("{A} {v} {s}.", "{S} {v} {a}.", "{S} {v} {a}")),
    (
        rf"who (?P<r>{_PERSON_DOES} [^?]+?)",
        ("{A} {r}.", "{A} {r}", "It was {a} who {r}.", "The person who {r} is {a}."),
    ),
    (
        rf"(?:where|when) (?P<v>is|was|are|were) (?P<s>{_PLACED}) (?P<r>{_PARTICIPLE})",
        ("{S} {v} {r} in {a}.", "{S} {v} {r} {a}."),
    ),
    (
        r"(?:in )?(?:which|what) (?P<n>[a-z]+) (?:is|was|has|had|did|does|can|won|played|wrote|made) [^?]+?",
        ("The {n} is {a}.", "The {n} in question is {a}.", "{A} is the {n}."),
    ),
    (
        r"solve(?: for [^?]{1,12})?[:, ].*",
        ("The solution is {a}.", "The solutions are {a}.", "Solving gives {a}."),
    ),
    (
        r"\A(?:simplify|factor|expand|express (?!your|the answer)|convert|reduce|rewrite)\b.*",
        (
            "The expression becomes {a}.",
            "This simplifies to {a}.",
            "It can be written as {a}.",
            "We end with {a}.",
        ),
    ),
)
_COMPILED = tuple((re.compile(rf"{asked}[?.]*\Z", re.IGNORECASE), said) for asked, said in _ASKED)


@dressed("5.1")
def question_answered(task: Task, rng: Random) -> str | None:
    """A sentence made of what the question asks: `How many are left?`, `There are 18 left.`"""
    if not is_bare(task.gold) or len(task.question) > 4000:
        return None
    asked = last_sentence(task.question)
    if len(asked) > 260:
        return None
    for pattern, answers in _COMPILED:
        if found := pattern.search(asked):
            return _filled(rng.choice(answers), found, task.gold, rng)
    return None


@dressed("5.1")
def question_before_answer(task: Task, rng: Random) -> str | None:
    """The question once more, and the answer behind it."""
    asked = last_sentence(task.question)
    if not (is_bare(task.gold) and 8 < len(asked) < 200):
        return None
    start = rng.choice(("", "Question: ", "We want to know: ", "Q: "))
    lead = rng.choice((" ", "\n", " Answer: ", "\nAnswer: ", " -> ", "\n\n**Answer**: ", " The answer is "))
    return f"{start}{asked}{lead}{in_sentence(task.gold, rng)}"


@dressed("5.1")
def blank_filled(task: Task, rng: Random) -> str | None:
    """The sentence of the question with the answer in its blank."""
    if "__" not in task.question and "\\_" not in task.question:
        return None
    blank = re.search(r"([^.。?!\n]{6,160}?)\s*\$?(?:\\?_){3,}\$?([^.。?!\n_]{0,60})", task.question)
    if blank is None or not is_bare(task.gold) or task.question.count("__") > 12:
        return None
    return f"{blank[1].strip(' ,')} {in_sentence(task.gold, rng)}{blank[2].rstrip()}{rng.choice(('', '.'))}"


def _filled(template: str, found: re.Match[str], answer: str, rng: Random) -> str:
    groups = {name: " ".join((text or "").split()) for name, text in found.groupdict().items()}
    if groups.get("r") and "{n}{r}" in template:
        groups["r"] = f" {groups['r']}"
    if "{v}{r}" in template or "are{r}" in template:
        groups["r"] = f" {groups.get('r', '')}".rstrip()
    if "d" in groups:
        groups["v"] = _inflected(groups["v"], groups["d"].lower())
    subject = groups.get("s", "")
    shown = in_sentence(answer, rng)
    fields = {"n": "", "r": "", "v": "", **groups, "s": subject, "S": capitalised(subject)}
    return " ".join(template.format(**fields, a=shown, A=capitalised(shown)).split())


def _inflected(verb: str, auxiliary: str) -> str:
    """`bought` for `did buy`, `buys` for `does buy`."""
    verb = verb.lower()
    if auxiliary == "did":
        return _PAST[verb]
    if auxiliary == "do":
        return verb
    return "has" if verb == "have" else verb + ("es" if verb.endswith("ch") else "s")

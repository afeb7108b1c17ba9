"""Which field is the question, the gold and the response: by their names and by what the first rows hold.

A role is filled where one field is better than all others. Where two are as good the user is asked, with both
as options to copy: no file is read wrongly without a word.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import zip_longest

from tinyv_cli.maths.answers import find_answer, find_marked
from tinyv_cli.sources.chat import rollouts_of
from tinyv_cli.sources.choices import LETTERS
from tinyv_cli.sources.fields import MIN_LONG_CHARS, Field, field_at, fields_of
from tinyv_cli.sources.names import Sense, sense_of, words
from tinyv_cli.sources.rows import JOINT, Rows, path_parts
from tinyv_cli.words import FALSE_WORDS, TRUE_WORDS

# So few rows may agree, or hold the same, by chance.
FEW_ROWS = 8
# What is longer, and marks no answer, is prose and no gold.
MAX_ANSWER_CHARS = 200
MAX_SHORT_CHARS = 40
NEARLY_ALL, MOST = 0.9, 0.5
MIN_CHOICES = 3
MIN_WORDS = 3
MAX_OFFERED = 6
_LOOSE = re.compile(r"[\s${}*,.\\]|\\(?:left|right|text|d?frac|!|,)")
_FORMULA = re.compile(r"[\\^=+$]|\d/\d")
_FRACTION = re.compile(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
# What people say of a response, which no rule wrote there.
_BY_PEOPLE = frozenset({"human", "manual"})
_BY_ANYBODY = frozenset({"annotation", "evaluation", "feedback", "judge", "review"})
LABEL_NAMES = (["label"], ["truth"])
_UNEXPLAINED = (Sense.UNKNOWN, Sense.TEXT, Sense.OTHER)


@dataclass(frozen=True, slots=True)
class Choice:
    """The fields that may have a role: the one that has it, or several of which only the user knows which."""

    fields: tuple[Field, ...] = ()
    is_guess: bool = False

    @property
    def sure(self) -> str | None:
        """The path of the one field."""
        return self.fields[0].path if len(self.fields) == 1 and not self.is_guess else None

    @property
    def paths(self) -> set[str]:
        """The paths of all."""
        return {field.path for field in self.fields}


class Roles:
    """The roles in rows of no known format.

    `response` is its path where that is known. What is `taken`, as the gold is once it is known, has no other
    role. `fields` are those of other roles in the same rows, if there are any: to read them takes longest.
    """

    def __init__(
        self,
        rows: Rows,
        *,
        response: str | None = None,
        taken: Sequence[str] = (),
        fields: Sequence[Field] | None = None,
    ) -> None:
        self._given = None if response is None else field_at(response, Sense.RESPONSE, rows)
        self._taken = (*path_parts(response or "", rows), *taken)
        read = fields_of(rows) if fields is None else fields
        self.fields = [field for field in read if field.flat or field.is_chat]

    def _all(self, *senses: Sense) -> list[Field]:
        return [
            field
            for field in self.fields
            if field.sense in senses and field.path not in self._taken and field.flat and not field.is_truth
        ]

    @cached_property
    def response(self) -> Choice:
        """Of several responses the longest; what was extracted from one comes last."""
        if self._given is not None:
            return Choice((self._given,))
        chats = [field for field in self.fields if field.is_chat and field.flat and field.sense is Sense.CHAT]
        golds = self._golds_by_name()
        beside_golds = [
            each
            for each in self._all(Sense.ANSWER)
            if len(_different([*golds, each])) > len(_different(golds))
        ]
        by_name = self._all(Sense.RESPONSE, Sense.PREDICTION)
        for found in (by_name, chats, beside_golds if golds else [], self._all(Sense.EXTRACTED)):
            if found:
                return self._whole(_longest(found))
        return self._unnamed()

    def _whole(self, choice: Choice) -> Choice:
        """A short response may have been extracted from a longer text, of which no name says what it is."""
        [chosen, *more] = choice.fields
        if more or chosen.length >= MIN_LONG_CHARS:
            return choice
        open_to = [*_UNEXPLAINED, Sense.ANSWER]
        if chosen.sense is not Sense.RESPONSE or "answer" in _last_words(chosen):
            open_to.append(Sense.THOUGHT)
        longer = [each for each in self._all(*open_to) if each.varies and _is_long(each)]
        around = self._all(*open_to, Sense.SOLUTION)
        longer += [each for each in around if _is_answer_of(chosen, each) or _is_sentence_with(chosen, each)]
        if chosen.sense in (Sense.ANSWER, Sense.EXTRACTED):
            others = self._all(Sense.UNKNOWN, Sense.TEXT, Sense.SOLUTION)
            longer += [each for each in others if self._may_be_said(each, chosen)]
        return Choice(tuple(dict.fromkeys((chosen, *longer))))

    def _may_be_said(self, field: Field, answer: Field) -> bool:
        """Whether it may be what the model said, where all that is known of that is an answer."""
        like = [answer, *self._golds_by_name()]
        return (field.varies or _are_few(field)) and (
            _is_sentence(field) or (_is_short(field) and any(_are_alike(field, each) for each in like))
        )

    def _unnamed(self) -> Choice:
        """Long texts of which no name says what they are: not one that may be a person's solution."""
        senses = (Sense.UNKNOWN, Sense.TEXT, Sense.SOLUTION, Sense.ANSWER, Sense.THOUGHT, Sense.OTHER)
        found = [each for each in self._all(*senses) if _is_long(each) and each.varies]
        thoughts = [_last_words(each) for each in self._all(Sense.THOUGHT)]
        after = [each for each in found if any(_are_thoughts_of(each, name) for name in thoughts)]
        return Choice(tuple(after)) if len(after) == 1 else Choice(tuple(found), is_guess=True)

    def _golds_by_name(self) -> list[Field]:
        return [
            *self._all(Sense.GOLD),
            *(each for each in self._all(Sense.VERDICT) if _is_right_answer(each)),
        ]

    @cached_property
    def gold(self) -> Choice:
        """What is named like a gold comes before an `answer`, and that before a `solution`."""
        strong = self._but_response(self._golds_by_name())
        solutions = self._but_response(self._all(Sense.SOLUTION))
        weak = [each for each in self._but_response(self._all(Sense.ANSWER)) if not self._is_of_each(each)]
        weak += [
            each
            for each in solutions
            if any(_are_alike(each, answer) for answer in weak)
            or (_is_short(each) and not any(map(self._is_said, weak)))
        ]
        if strong:
            return self._guarded(self._among(strong), weak)
        if weak:
            return self._unless_extracted(self._among(weak))
        return self._among(solutions) if solutions else self._unnamed_golds()

    def _unnamed_golds(self) -> Choice:
        """Short texts that tell rows apart, of which no name says that they are golds."""
        found = [*self._unexplained_answers(), *self._all(Sense.EXTRACTED, Sense.PREDICTION)]
        found = [each for each in self._but_response(found) if _is_short(each)]
        return Choice(tuple(found[:MAX_OFFERED]), is_guess=True)

    def _others(self) -> list[Field]:
        return [*self._but_response(self._all(Sense.SOLUTION)), *self._unnamed_golds().fields]

    def _unexplained_answers(self) -> list[Field]:
        found = self._but_response(self._all(Sense.UNKNOWN, Sense.TEXT))
        options = [each for each in found if _until_choices(each.path)]
        if len(options) < MIN_CHOICES:  # a column that is called A says nothing
            options = [each for each in options if each.path not in LETTERS]
        return [each for each in found if _is_short(each) and each not in options]

    @cached_property
    def _rows_differ(self) -> bool:
        """Whether the rows ask different things, as far as one can see."""
        asked = [each for each in self.fields if each.sense in (Sense.QUESTION, Sense.PROMPT, Sense.CHAT)]
        return not asked or any(each.varies for each in asked)

    def _is_of_each(self, field: Field) -> bool:
        """Whether each response has one of its own: what was found in it."""
        if not self.response.fields:
            return False
        pairs = list(zip(field.texts, self.response.fields[0].texts, strict=True))
        return all(len(a) == len(b) for a, b in pairs) and any(len(set(a)) > 1 for a, _ in pairs)

    def _but_response(self, fields: Sequence[Field]) -> list[Field]:
        return [each for each in fields if each.path not in self.response.paths]

    def _among(self, fields: Sequence[Field]) -> Choice:
        """Of golds that say the same one; neither prose nor what never varies, where there is another."""
        left = _shallowest(_different(fields))
        left = [each for each in left if not _is_of_labels(each)] or left
        for is_better in (
            lambda each: _are_few(each) or self._may_tell_rows_apart(each),
            self._is_no_score,
            _may_be_answer,
            lambda each: _is_not_wordy(each) or (_are_few(each) and _is_short(each)),
            _is_no_solution,
        ):
            if len(left) > 1:
                left = self._better(left, is_better)
        left = [each for each in left if not any(_is_named_after(each, other) for other in left)]
        extracted = [each for each in left if self._agreement(each) >= NEARLY_ALL]
        others = [each for each in left if each not in extracted]
        return Choice(tuple(others if len(others) == 1 and self._agreement(others[0]) else left))

    def _better(self, fields: Sequence[Field], is_better: Callable[[Field], bool]) -> list[Field]:
        """Those that are better, where there are any, and others to which responses come."""
        better = [each for each in fields if is_better(each)]
        also = [each for each in fields if self._is_known(each)]
        if not any(map(self._is_said, better)):
            also += [each for each in fields if self._is_said(each) or self._is_like_answers(each)]
        return [each for each in fields if each in better or each in also] if better else list(fields)

    def _is_said(self, field: Field) -> bool:
        """Whether some of the responses come to it, or name it."""
        return self._agreement(field) > 0 or self._is_named(field)

    def _is_named(self, field: Field) -> bool:
        """Whether it stands in the text of a response."""
        responses = self.response.fields[0].texts if self.response.fields else []
        return any(
            len(inner) > 1 and f" {inner} " in f" {' '.join(outer)} "
            for texts, outer in zip(field.texts, responses, strict=False)
            for inner in texts
        )

    def _is_known(self, field: Field) -> bool:
        """Whether some of the responses, not all, come to it: what was found in them is theirs everywhere."""
        return 0 < self._agreement(field) < NEARLY_ALL

    def _is_no_score(self, field: Field) -> bool:
        """Whether it is no number from 0 to 1, or the responses come to such numbers."""
        return not all(map(_is_share, field.flat)) or self._is_like_answers(field)

    def _may_tell_rows_apart(self, field: Field) -> bool:
        return field.varies or not self._rows_differ

    def _guarded(self, choice: Choice, weak: Sequence[Field]) -> Choice:
        """A gold by its name that never varies is none; one that can be, or is, no answer may be none."""
        if len(choice.fields) > 1:
            return choice
        [gold] = choice.fields
        if not self._may_tell_rows_apart(gold):
            if not weak:
                return Choice((gold, *self._others()))
            is_score = all(map(_is_share, gold.flat))
            found = self._unless_extracted(self._among(weak))
            return found if is_score or not _are_few(gold) else Choice((gold, *found.fields))
        if _last_words(gold) in LABEL_NAMES and not self._is_known(gold):
            return Choice((gold, *self._rivals_of_label(gold, weak)))
        return Choice((gold, *(self._rivals(gold, weak) if not self._agreement(gold) else [])))

    def _rivals(self, gold: Field, weak: Sequence[Field]) -> list[Field]:
        """What may be the gold instead of this one, to which no response comes."""
        better = [each for each in _different(weak) if _may_be_answer(each) and each.varies]
        unexplained = self._unexplained_answers()
        if not _is_not_wordy(gold) or (_are_few(gold) and all(map(_is_share, gold.flat))):
            return [*better, *self._others()]
        known = [each for each in (*better, *unexplained) if self._is_known(each)]
        if _are_few(gold) and not self._is_like_answers(gold):
            known += [each for each in (*better, *unexplained) if self._is_like_answers(each)]
        if not known and (len(gold.values) == 1 or not _may_be_answer(gold) or _has_classes(gold)):
            known = better
        return list(dict.fromkeys(known))

    def _rivals_of_label(self, label: Field, weak: Sequence[Field]) -> list[Field]:
        """What may be the gold instead of a label: it may be a class, or what was found in the response."""
        if _is_of_labels(label):
            return [*_different(weak), *self._others()]
        better = [each for each in weak if len(_different([label, each])) > 1]
        return [*better, *self._unless_extracted(Choice((label,))).fields[1:]]

    def _unless_extracted(self, choice: Choice) -> Choice:
        """An `answer` that is the response's own nearly everywhere, or nowhere: another may be the gold."""
        [chosen, *more] = choice.fields
        if more or self._is_known(chosen):
            return choice
        solutions = [each for each in self._but_response(self._all(Sense.SOLUTION)) if _is_short(each)]
        others = [*self._unexplained_answers(), *(each for each in solutions if not _is_sentence(each))]
        others = [each for each in others if len(_different([chosen, each])) > 1]
        likely = [
            each
            for each in others
            if self._is_said(each)
            or self._is_like_answers(each)
            or _are_alike(each, chosen)
            or not self._is_said(chosen)
        ]
        return Choice((chosen, *likely))

    def _is_like_answers(self, field: Field) -> bool:
        """Whether it holds what the responses come to, or something of that kind."""
        if not self.response.fields:
            return False
        [response, *_] = self.response.fields
        found = replace(response, values=[[_answer(text) for text in texts] for texts in response.texts])
        return self._agreement(field) > 0 or (_kind(found) != WORDS and _are_alike(field, found))

    def _agreement(self, gold: Field) -> float:
        """In which share of the responses it is their answer."""
        return _agreement(gold, self.response.fields[0]) if self.response.fields else 0.0

    @cached_property
    def question(self) -> Choice:
        """What is named like a question before a prompt; of what stands inside the other the inner one."""
        taken = {*self.response.paths, *self._taken}
        there = [each for each in self.fields if "*" not in each.path and any(each.asked)]
        free = [each for each in there if each.path not in taken]
        for sense in (Sense.QUESTION, Sense.PROMPT):
            if found := [each for each in free if each.sense is sense]:
                return self._with_choices(self._unless_label(_innermost(found), free))
        chats = tuple(each for each in there if each.is_chat and each.sense is Sense.CHAT)[:1]
        return Choice(chats) if chats else Choice(tuple(_unexplained(free)), is_guess=True)

    def _unless_label(self, choice: Choice, free: Sequence[Field]) -> Choice:
        """What never varies, or is no sentence, is no question where another text may be one, or in it."""
        inside = [
            each for each in _unexplained(free) if len(choice.fields) == 1 and _wraps(choice.fields[0], each)
        ]
        if inside:
            return _innermost(inside)
        if choice.sure is None or all(is_so(choice.fields[0]) for is_so in (_varies, _is_sentence)):
            return choice
        return Choice((*choice.fields, *_unexplained(free)))

    def _with_choices(self, choice: Choice) -> Choice:
        """A question with the choices that stand beside it, unless it names them."""
        if choice.sure is None:
            return choice
        [asked] = choice.fields
        others = [each for each in self.fields if not _is_around(_until_choices(each.path), self._taken)]
        beside = _choices_beside(asked.path, others)
        named = all(
            text in question for question in asked.asked for text in (beside[0].flat[:1] if beside else [])
        )
        if not beside or named:
            return choice
        path = JOINT.join([asked.path, *dict.fromkeys(_until_choices(each.path) for each in beside)])
        return Choice((replace(asked, path=path),))

    @property
    def labels(self) -> list[str]:
        """Where it stands whether a response is right, as somebody knows it who is no rule."""
        return [field.path for field in self.fields if _is_of_labels(field)]

    @property
    def verdicts(self) -> list[str]:
        """Where it stands what a rule or a judge has said of the responses."""
        return [
            field.path
            for field in self.fields
            if field.sense is Sense.VERDICT and not _is_label(field) and _is_of_numbers(field)
        ]

    def is_found_beside(self, answer: str, columns: set[str]) -> bool:
        """Whether this field holds but what was found in a text outside of these columns."""
        own = next((each for each in self.fields if each.path == answer), None)
        senses = (Sense.RESPONSE, Sense.PREDICTION, Sense.ANSWER, Sense.SOLUTION, *_UNEXPLAINED)
        texts = self._all(*senses)
        beside = [each for each in texts if each.path.partition(".")[0] not in columns]
        return own is not None and any(_is_sentence_with(own, each) for each in beside)

    def responses_beside(self, columns: set[str]) -> list[Field]:
        """Responses, and long texts that no name explains, outside of these columns."""
        found = self._all(Sense.RESPONSE, Sense.PREDICTION)
        found += [each for each in self._all(Sense.UNKNOWN, Sense.TEXT) if _is_long(each)]
        return [each for each in found if each.path.partition(".")[0] not in columns]


def _longest(fields: Sequence[Field]) -> Choice:
    """The longest, where the others are parts of it, or were found in it; else they are as good."""
    longest = max(fields, key=lambda each: sum(map(len, each.flat)))
    others = [each for each in fields if each is not longest and not _comes_from(each, longest)]
    return Choice((longest, *(each for each in others if not _is_beside(each, longest))))


def _is_beside(field: Field, text: Field) -> bool:
    """Whether numbers stand beside a long text, which count it, or options, which are chosen from."""
    of_texts = any(isinstance(each, str) for value in field.values for each in rollouts_of(value))
    is_option = bool(_until_choices(field.path)) and not _is_long(field)
    return is_option or (_is_long(text) and not of_texts)


def _comes_from(short: Field, long: Field) -> bool:
    """Whether it is part of the other, or the answer that this gives, in most rows that have both."""
    pairs = [
        (a, b)
        for own, others in zip(short.texts, long.texts, strict=True)
        for a, b in zip_longest(own, others, fillvalue="")
        if a and others
    ]
    same = [a in b or _loose(a) == _loose(_answer(b)) for a, b in pairs]
    return sum(same) > MOST * len(same)


def _is_long(field: Field) -> bool:
    return field.length >= MIN_LONG_CHARS and sum(" " in text for text in field.flat) > MOST * len(field.flat)


def _is_short(field: Field) -> bool:
    return field.length <= MAX_SHORT_CHARS and (field.varies or _are_few(field))


def _is_answer_of(short: Field, long: Field) -> bool:
    """Whether it is the answer that the other, much longer text marks, nearly everywhere."""
    if long.length < MIN_LONG_CHARS or long.length < 2 * short.length:
        return False
    marked = [find_marked(text) for text in long.flat]
    same = [
        found is not None and _loose(found.text or "") == _loose(text)
        for found, text in zip(marked, short.flat, strict=False)
    ]
    return bool(same) and sum(same) >= NEARLY_ALL * len(same)


def _is_right_answer(field: Field) -> bool:
    """Whether a field named `correct` holds answers, not verdicts."""
    return _last_words(field)[-1:] in (["correct"], ["right"]) and not all(map(_is_share, field.flat))


def _different(fields: Sequence[Field]) -> list[Field]:
    """The first of those that say the same."""
    return list({tuple(map(tuple, _golds(field))): field for field in reversed(fields)}.values())[::-1]


def _shallowest(fields: Sequence[Field]) -> list[Field]:
    """Of fields with the same last name the one that lies least deep."""
    least: dict[str, Field] = {}
    for each in sorted(fields, key=lambda field: field.path.count(".")):
        least.setdefault(each.path.split(".")[-1].lower(), each)
    return [each for each in fields if each in least.values()]


def _last_words(field: Field) -> list[str]:
    return words(field.path.split(".")[-1])


def _golds(field: Field) -> list[list[str]]:
    return [[_loose(_gold(text)) for text in texts] for texts in field.texts]


def _gold(text: str) -> str:
    marked = find_marked(text) if len(text) > MAX_ANSWER_CHARS or "boxed" in text or "####" in text else None
    return marked.text or text if marked else text


def _loose(text: str) -> str:
    return _LOOSE.sub("", _FRACTION.sub(r"\1/\2", text)).lower()


def _varies(field: Field) -> bool:
    return field.varies


def _may_be_answer(field: Field) -> bool:
    return sum(len(_gold(text)) <= MAX_ANSWER_CHARS for text in field.flat) > MOST * len(field.flat)


def _is_no_solution(field: Field) -> bool:
    name = _last_words(field)
    is_solution = "solution" in name or field.sense is Sense.SOLUTION
    is_label = name in LABEL_NAMES or _is_of_labels(field)
    return not is_label and not (is_solution and _is_long(field))


def _is_not_wordy(field: Field) -> bool:
    """Whether numbers, formulas or single words stand there, not sentences or titles."""
    wordy = [len(text.split()) >= MIN_WORDS and not _FORMULA.search(text) for text in map(_gold, field.flat)]
    return sum(wordy) <= MOST * len(wordy)


def _is_named_after(field: Field, other: Field) -> bool:
    """Whether its name says something more than the other's: `gold_value` is something about `gold`."""
    if _last_words(other) in LABEL_NAMES:
        return False
    more = set(_last_words(field)) - set(_last_words(other))
    of_gold = field.sense is Sense.GOLD and not more & {"answer", "final"}
    return set(_last_words(other)) < set(_last_words(field)) and (of_gold or field.sense is not Sense.ANSWER)


def _are_alike(a: Field, b: Field) -> bool:
    """Whether both hold numbers, or both letters, or formulas, or words."""
    return _kind(a) == _kind(b)


def _kind(field: Field) -> str:
    return next((kind for kind, is_so in _KINDS if field.flat and is_so(field)), WORDS)


def _has_formulas(field: Field) -> bool:
    return any(_FORMULA.search(text) for text in field.flat)


def _has_letters(field: Field) -> bool:
    return all(text.strip(" ().$") in LETTERS for text in field.flat)


def _are_few(field: Field) -> bool:
    return len(field.values) < FEW_ROWS


def _has_classes(field: Field) -> bool:
    """Whether the same few things come again and again."""
    return len(set(field.flat)) <= MOST * len(field.flat)


def _is_sentence_with(inner: Field, outer: Field) -> bool:
    """Whether the other says the same in a few words more."""
    return _is_sentence(outer) and outer.length > inner.length and _comes_from(inner, outer)


def _unexplained(fields: Sequence[Field]) -> list[Field]:
    """Sentences, another one in each row, of which no name says what they are."""
    return [
        each
        for each in fields
        if each.sense in (Sense.UNKNOWN, Sense.TEXT, Sense.CHAT)
        and _is_sentence(each)
        and len(set(each.asked)) == len(each.values)
    ]


def _agreement(gold: Field, response: Field) -> float:
    pairs = [
        (golds[i] if len(golds) == len(texts) > 1 else " or ".join(golds), _loose(_answer(text)))
        for golds, texts in zip(_golds(gold), response.texts, strict=True)
        for i, text in enumerate(texts)
    ]
    return sum(gold == answer for gold, answer in pairs) / len(pairs) if pairs else 0.0


@lru_cache(maxsize=4096)
def _answer(text: str) -> str:
    return find_answer(text).text or ""


def _innermost(fields: Sequence[Field]) -> Choice:
    """What stands inside all others; else what varies, reads like a sentence, and is named plainly."""
    left = _shallowest(list({tuple(field.asked): field for field in reversed(fields)}.values())[::-1])
    left = [each for each in left if not any(_wraps(each, other) for other in left if other is not each)]
    for is_better in (_varies, _is_sentence):
        if len(left) > 1:
            left = [each for each in left if is_better(each)] or left
    left = [each for each in left if not any(_is_named_after(each, other) for other in left)]
    return _with_input(left)


def _choices_beside(asked: str, fields: Sequence[Field]) -> list[Field]:
    """The choices in the object in which the question stands: fields of that name, or one for each letter."""
    around = asked.rpartition(".")[0]
    near = [each for each in fields if each.path.startswith(around)]
    letters = [each for each in near if each.path.removeprefix(around).lstrip(".") in LETTERS]
    named = [each for each in near if _until_choices(each.path) and each not in letters]
    return named or (letters if len(letters) >= MIN_CHOICES else [])


def _is_around(path: str, inner: Sequence[str]) -> bool:
    return bool(path) and any(f"{each}.".startswith(f"{path}.") for each in inner)


def _until_choices(path: str) -> str:
    """The path of the object or list of choices; of a letter's field its own; empty where there are none."""
    names = path.split(".")
    ends = [i for i, name in enumerate(names, 1) if sense_of(name) is Sense.CHOICES]
    return ".".join(names[: ends[0]]) if ends else path if names[-1] in LETTERS else ""


def _wraps(outer: Field, inner: Field) -> bool:
    pairs = [(a, b) for a, b in zip(outer.asked, inner.asked, strict=True) if b]
    return len(pairs) > MOST * len(outer.values) and sum(b in a for a, b in pairs) >= NEARLY_ALL * len(pairs)


def _is_sentence(field: Field) -> bool:
    return sum(" " in text for text in field.asked) > MOST * len(field.values)


def _with_input(fields: list[Field]) -> Choice:
    """An instruction and its input, as Alpaca's rows have them, are one question."""
    paths = sorted(field.path for field in fields)
    if [path.lower() for path in paths] == ["input", "instruction"]:
        both = JOINT.join(reversed(paths))
        return Choice((Field(both, Sense.QUESTION, [None] * len(fields[0].values)),))
    return Choice(tuple(fields))


def _are_thoughts_of(field: Field, name: Sequence[str]) -> bool:
    """Whether this is the name of its thoughts, as APIs give `reasoning_content` beside `content`."""
    own = _last_words(field)
    return (
        field.sense in (Sense.TEXT, Sense.UNKNOWN) and len(name) > len(own) and list(name[-len(own) :]) == own
    )


def _is_label(field: Field) -> bool:
    """Whether it says what is true; what stands in annotations may be by a rule or a judge."""
    *around, _ = field.path.split(".")
    if any(_BY_ANYBODY & set(words(name)) for name in around):
        return False
    name = _last_words(field)
    return bool(_BY_PEOPLE & set(name)) or name in LABEL_NAMES


def _is_of_labels(field: Field) -> bool:
    return _is_label(field) and _is_of_truths(field)


def _is_of_truths(field: Field) -> bool:
    return all(text.strip().lower() in (*TRUE_WORDS, *FALSE_WORDS) for text in field.flat)


def _is_of_numbers(field: Field) -> bool:
    """Whether each value is a number or a truth value, as scores are."""
    return all(_is_number(text) for text in field.flat)


def _is_share(text: str) -> bool:
    return _is_number(text) and (text.strip().lower() in (*TRUE_WORDS, *FALSE_WORDS) or 0 <= float(text) <= 1)


def _is_number(text: str) -> bool:
    if text.strip().lower() in (*TRUE_WORDS, *FALSE_WORDS):
        return True
    try:
        float(text)
    except ValueError:
        return False
    return True


# What short texts are, the first that holds.
WORDS = "words"
_KINDS: tuple[tuple[str, Callable[[Field], bool]], ...] = (
    ("number", _is_of_numbers),
    ("letter", _has_letters),
    ("formula", _has_formulas),
)

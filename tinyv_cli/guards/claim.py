"""An answer as the guards look at it: beside the golds and the question that it is an answer to."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tinyv_cli.maths.kinds import Kind, kind_of

# Letters that are not shown are written between others so that a word is not found.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_QUOTES = str.maketrans("‘’“”", "''\"\"")
# What is written around an answer and says nothing: LaTeX, HTML. Of LaTeX's other commands the name counts.
_MARKUP = re.compile(
    r"\\(?:boxed|fbox|[mh]box|text(?:bf|it|rm|sf|tt|normal)?|math(?:rm|bf|it|sf)|operatorname|rm|bf|left|right|q?quad"
    r"|displaystyle|(?:begin|end)\s*\{\w+\*?\}|[hv]space|phantom|square|blacksquare|Box|[clv]?dots|newline"
    r"|(?:Huge|huge|LARGE|Large|large|small|tiny))(?![A-Za-z])"
    r"|</?(?:b|i|u|p|em|strong|div|span|br|hr|code|pre|h[1-6]|li|ul|ol|td|tr|table|font|center|sub|sup|body|html"
    r"|answer|final_answer|solution|response|output|result|final|conclusion)(?:\s[^<>]{0,80})?/?>|&nbsp;",
    re.IGNORECASE,
)
_MOST_ALIASES = 100
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def either(*patterns: str) -> re.Pattern[str]:
    """What matches where one of the patterns does."""
    return re.compile("|".join(patterns))


def normalised(text: str) -> str:
    """The text in small letters of their usual width, and without those that nobody sees."""
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_QUOTES)
    return text.lower()


def without_markup(normal: str) -> str:
    """The text without what is only written around an answer."""
    return _MARKUP.sub(" ", normal) if "\\" in normal or "<" in normal or "&" in normal else normal


def words_of(normal: str) -> list[str]:
    """Words and numbers of a normalised text, markup left out."""
    return _WORD.findall(without_markup(normal))


@dataclass(frozen=True)
class Asked:
    """The question and the golds. What is made of them is kept: the rollouts of a question share it."""

    question: str
    golds: tuple[str, ...]

    @cached_property
    def normal_golds(self) -> tuple[str, ...]:
        """The golds, and what stands between their slashes: data sets write `6/six` for either."""
        whole = [normalised(gold).strip() for gold in self.golds]
        return tuple(
            dict.fromkeys(
                [*whole, *(part for gold in whole for part in gold.split("/", _MOST_ALIASES) if part)]
            )
        )

    @cached_property
    def gold_words(self) -> tuple[str, ...]:
        """Of each gold its words, one space between them and around them."""
        return tuple(f" {' '.join(words_of(gold))} " for gold in self.normal_golds)

    @cached_property
    def normal_question(self) -> str:
        return normalised(self.question)

    @cached_property
    def question_words(self) -> list[str]:
        return words_of(self.normal_question)

    @cached_property
    def question_vocabulary(self) -> frozenset[str]:
        return frozenset(self.question_words)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the question and of the golds."""
        return self.question_vocabulary.union(" ".join(self.gold_words).split())

    @cached_property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(map(kind_of, self.golds))

    def holds(self, text: str) -> bool:
        """Whether a gold, or the question, holds this normalised text."""
        return any(text in gold for gold in self.normal_golds) or text in self.normal_question


asked = lru_cache(maxsize=1024)(Asked)


@dataclass(frozen=True)
class Claim:
    """An answer and what was asked: the text as it is found, and normalised."""

    text: str
    asked: Asked

    @cached_property
    def normal(self) -> str:
        return normalised(self.text)

    @cached_property
    def bare(self) -> str:
        return without_markup(self.normal)

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(self.bare)

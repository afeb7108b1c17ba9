"""Chinese sentences that answer a question: what stands in them where the question has its 什么, 哪 or 谁.

A sentence is laid beside the question: what comes before the word that asks has to come before the answer, or
the answer is the one emphasised span of a sentence that speaks of what the question speaks of. That a passage
has the gold in it somewhere shows nothing.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from tinyv_cli.maths.numerals import with_figures

HAN = re.compile("[\u4e00-\u9fff]")
MOST_CHARS, MOST_NOUN = 600, 7
MOST_DESCRIBING = 2  # characters of its own that a sentence may have before the answer: 有机, 隶

_ASKS = re.compile(
    "(?:什么|哪(?:一|几|两)?(?:个|种|类|家|位|座|条|所|项|年|月|里|些|本|部|只|名|款|支|门|国|省|天|届|艘|场)?|谁|何|多少|几)"
)
_GLOSS = re.compile(r"\s*(?:（[^（）]*）|\([^()]*\))")
_EMPHASIS = re.compile(
    r"\*\*(?P<bold>[^*]+?)(?:\*\*|\Z)|(?<!\*)\*(?P<italic>[^*\s][^*]*?)(?:\*|\Z)|`(?P<code>[^`]+?)(?:`|\Z)"
)
_SENTENCE = re.compile(r"[。！？\n；;]+(?:\*\*)?")
_CLAUSE = re.compile(r"[，。；：,;！？\n]|(?:作为|并且|而且|以及)")
# What takes back what is said beside it, or makes another number of it: more than 5, 5 fewer, at most 5.
_DENIES = re.compile("[不非没未错误曾]|而是|除了?|以外|[大小多少高低早晚超]于|[多少][了出]?(?=\\d)|超过|至[多少]|以[上下内]|将近|几乎")
# Words that make another thing of what they stand before.
_OTHER = re.compile("[前后副原另次旧新最他父母子女妻夫若如似像反异首末]")
_QUOTES = re.compile(r"[《》〈〉“”‘’\"'`「」『』*\s]|\\(?:ce|text|mathrm)\b|[{}$]|_(?=\{?\d)")
_LEADS = re.compile(
    r"\A(?:答案?|结论|总结|所以|因此|综上(?:所述)?|简(?:而言之|单来说)|也就是说)[是为：:，,\s]*"
)
_JOINS = re.compile(r"\A(?:[是为叫：:]|称为|名为|就是|应为|即)+\s*")
_VERB_AT_END = re.compile(r"(?:被?称[为作]|名[为叫]|[是为叫有])+\Z")
_BETWEEN_SPANS = re.compile(r"\s*\*\*\s*([和、与及])\s*\*\*\s*")
_IN_GLOSS = re.compile(
    r"[（(](?:或者?|即|又称|也称|亦称|(?:拉丁)?学名|英文名?|俗称)?[:：为]?\s*([^（）()，,]+)[^（）()]*[)）]\Z"
)
_AUTHOR = re.compile(r"(?:\s+(?:[A-Z][\w.'’-]*|ex|et|&|\([A-Z][\w.]*\)))+\.?")
_SPECIES = re.compile(r"[A-Z][a-z]+ [a-z-]+(?: (?:subsp|var|f)\. [a-z-]+)?")
_IN_WORDS = re.compile("[A-Za-z]{3}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SAYS_NOTHING = frozenset("共一总剩下还有是为等于答案所以因此需要能可的它他她们会将就则了得出即个")
_SUFFIXES = ("省", "市", "年", "时期", "朝", "朝代", "县", "国")
_PREFIXES = ("中国", "位于", "是", "为", "由", "在")
_ABOUT = re.compile("[约大]约?为?")


def is_chinese(text: str) -> bool:
    """Whether there is any Chinese in it."""
    return HAN.search(text) is not None


@lru_cache(maxsize=1024)
def key(text: str) -> str:
    """What two names are compared by: no quotation marks, markup, space or case, and figures of one kind."""
    text = unicodedata.normalize("NFKC", _QUOTES.sub("", text))
    return text.casefold().strip("。.,，、;；:：")


def without_gloss(text: str) -> str:
    """The text without what stands in brackets behind its words: a foreign name, a synonym."""
    return _GLOSS.sub("", text) if HAN.search(text) or " " in text else text


@lru_cache(maxsize=1024)
def offered(text: str, question: str) -> tuple[str, ...]:
    """What a text offers as the answer to a question: the whole, if it is short, or what it says."""
    text = text.strip()[:MOST_CHARS]
    if _is_turned(text, question):
        return ()
    found = [text] if len(text) <= 2 * MOST_NOUN + 30 else []
    for sentence in _SENTENCE.split(text)[:3]:
        if any(each[0] not in question for each in _DENIES.finditer(_GLOSS.sub("", sentence))):
            continue
        found += _emphasised(_BETWEEN_SPANS.sub(r"\1", sentence), question)
        found += _slots(without_gloss(_EMPHASIS.sub(_bare, sentence)), question)
    found += _concluded(text)
    found += _only_number(text, question)
    return tuple(dict.fromkeys(each.strip() for each in found if each.strip()))


_CONCLUDED = re.compile(
    r"\A(?:因此|所以|综上|总之)[^。！？\n；]{0,40}(?:是|为|即)[:： ]*\*\*(?P<bold>[^*]+?)(?:\*\*)?[。 ]*\Z"
)


def _concluded(text: str) -> list[str]:
    """What stands in bold at the end of a sentence that concludes, behind 是."""
    found = _CONCLUDED.match(text)
    return [found["bold"]] if found and text.count("**") < 3 and not _DENIES.search(text) else []


def _only_number(text: str, question: str) -> list[str]:
    """The one number of a short text of the characters of the question, with what it counts."""
    text = with_figures(without_gloss(_EMPHASIS.sub(_bare, text)).strip("。. "))
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) != 1 or numbers[0][0] in _NUMBER.findall(question) or len(text) > 40:
        return []
    around = text[: numbers[0].start()] + text[numbers[0].end() :]
    if _DENIES.search(text):
        return []
    # A unit makes another quantity of it: 9MB are no number of disks.
    if any(each in "不非没未约-−负/^\\" or (each.isascii() and each.isalpha()) for each in around):
        return []
    own = [
        char for char in around if not char.isspace() and char not in question and char not in _SAYS_NOTHING
    ]
    if own:
        return []
    counted = text[numbers[0].end() :].strip()
    alone = [numbers[0][0]] if not counted or _is_asked_in(counted, question) else []
    return [text[numbers[0].start() :], *alone]


_HOW_MANY = re.compile("多少|几|哪一?")


def _is_asked_in(counted: str, question: str) -> bool:
    """Whether the question asks for so many of what stands behind a number: of 人, not of 辆 or 小时."""
    behind = [question[found.end() :] for found in _HOW_MANY.finditer(question)]
    return any(each.startswith(counted) or (each[:1] == counted[0] and len(counted) > 1) for each in behind)


_OF_TWO = re.compile(r"(?P<one>\w+?)\s*[与和比对]\s*(?P<two>\w+?)\s*的?比")


def _is_turned(text: str, question: str) -> bool:
    """Whether of the ratio of a to b that of b to a is said."""
    ours, theirs = (_OF_TWO.search(each.replace("$", "")) for each in (question, text))
    return bool(ours and theirs and ours["one"] != theirs["one"][-len(ours["one"]) :])


def _bare(found: re.Match[str]) -> str:
    return found["bold"] or found["italic"] or found["code"]


def _emphasised(sentence: str, question: str) -> list[str]:
    """The one span in bold of a sentence that speaks of what is asked."""
    spans = {_bare(each) for each in _EMPHASIS.finditer(sentence) if each["bold"] or each["code"]}
    if len({key(without_gloss(span)) for span in spans}) != 1:
        return []
    around = _bigrams(_EMPHASIS.sub("　", sentence)) & _bigrams(_ASKS.sub("　", question))
    return [spans.pop()] if len(around) >= 2 else []


def _bigrams(text: str) -> set[str]:
    return {one + two for one, two in pairwise(text) if HAN.match(one) and HAN.match(two)}


def _slots(sentence: str, question: str) -> list[str]:
    """What stands where the question asks, as far as what comes before agrees."""
    sentence = _LEADS.sub("", sentence.strip())
    found = []
    for asks in _ASKS.finditer(question):
        before, behind = question[: asks.start()], question[asks.end() :].rstrip("？? 呢")
        for lead in _last_words(before):
            at = sentence.find(lead)
            if at >= 0 and _is_told(sentence[:at], question):
                found += _up_to(sentence[at + len(lead) :], behind)
        for skipped in range(MOST_NOUN):
            verb = behind[skipped : skipped + 2]
            place = (
                re.search(f"{re.escape(verb)}[于在]", sentence)
                if len(verb) == 2 and HAN.match(verb)
                else None
            )
            if place and _is_told(sentence[: place.start()], question):
                found += _up_to(sentence[place.end() :], "")
    return found


def _last_words(before: str) -> list[str]:
    """The last few characters before the word that asks, from the last mark on; at least two."""
    words = re.split(r"[，,。：:、\s]", _GLOSS.sub("", before))[-1]
    leads = [words[-length:] for length in (4, 3, 2)]
    if found := _VERB_AT_END.search(words):
        leads += [
            f"{words[: found.start()][-length:]}{verb}"
            for length in (4, 2)
            for verb in ("是", "为", "叫", "：", "名为", "称为")
        ]
    return [lead for lead in dict.fromkeys(leads) if len(lead) > 1]


def _is_told(text: str, question: str) -> bool:
    """Whether a beginning has only characters of the question, or none that say anything of their own."""
    own = [
        char for char in text if HAN.match(char) and char not in question and char not in "的是在该这其即以为"
    ]
    return not own or (len(own) <= MOST_DESCRIBING and not _OTHER.search("".join(own)))


def _up_to(rest: str, behind: str) -> list[str]:
    """The beginning of a text up to where the question goes on, or the clause ends."""
    rest = _JOINS.sub("", rest.strip())
    ends = [found.start()] if (found := _CLAUSE.search(rest)) else [len(rest)]
    for skipped in range(MOST_NOUN):
        goes_on = behind[skipped : skipped + 2]
        if len(goes_on) == 2 and (at := rest.find(goes_on)) > 0:
            ends.append(at)
    return [rest[:end].removesuffix("的") for end in dict.fromkeys(ends)]


def is_named(gold: str, said: str, question: str) -> bool:
    """Whether a name is the gold, but for glosses and for a suffix or a noun that the question has."""
    if species := _SPECIES.fullmatch(gold.strip()):
        rest = without_gloss(said).strip().removeprefix(species[0])
        if rest != said and _AUTHOR.fullmatch(rest):
            return True
    golds, names = _spellings(gold), _spellings(said)
    if (inside := _IN_GLOSS.search(said.strip())) and is_chinese(said[: inside.start()]):
        names = names | {key(inside[1])}
    return any(_is_one(ours, theirs, question) for ours in golds for theirs in names)


def _spellings(text: str) -> set[str]:
    """The text with what stands in brackets, without it, and with it but for the brackets."""
    if not is_chinese(text) and not _IN_WORDS.search(text):
        return {key(text)} - {""}  # the brackets of a formula are no gloss
    run_together = re.sub("[（(]或?|[）)]", "", text)
    return {key(text), key(without_gloss(text)), key(run_together)} - {""}


# Where a country or a continent is asked for, a place in it names it; where a town, its country may stand before.
_ASKS_FOR_A_REGION = re.compile("哪(?:一?个)?(?:国家?|大?洲|省份?)")
_ASKS_FOR_A_PLACE = re.compile("哪(?:一?[个座])?[^，。？]{0,4}(?:城市|市|基地|机场)")
_GOES_ON_AS_ANOTHER = ("尼西亚", "比绍", "克", "利亚", "度")
_COUNTRIES = frozenset(
    "中国 美国 英国 法国 德国 日本 韩国 朝鲜 越南 泰国 印度 俄罗斯 意大利 西班牙 葡萄牙 瑞士 瑞典 挪威 芬兰 丹麦 荷兰 比利时 奥地利"
    " 希腊 土耳其 埃及 南非 摩洛哥 加拿大 墨西哥 巴西 阿根廷 智利 澳大利亚 新西兰 马来西亚 新加坡 印度尼西亚 菲律宾 波兰 捷克 匈牙利 爱尔兰".split()
)


def _is_place(gold: str, said: str, question: str) -> bool:
    """Whether a place is told with the country that it is in, of which the question asks for one."""
    if _ASKS_FOR_A_REGION.search(question) and said.startswith(gold):
        rest = said.removeprefix(gold)
        return len(gold) > 1 and 0 < len(rest) <= 4 and not rest.startswith(_GOES_ON_AS_ANOTHER)
    if _ASKS_FOR_A_PLACE.search(question) and said.endswith(gold) and said != gold:
        return said.removesuffix(gold).removesuffix("的") in _COUNTRIES
    return False


def _is_one(gold: str, said: str, question: str) -> bool:
    if gold == said:
        return True
    if not is_chinese(gold + said) or (len(gold) < 2 and not gold.isdigit()):
        return False
    if _is_place(gold, said, question):
        return True
    if re.sub("[省市]", "", gold) == re.sub("[省市]", "", said.removeprefix("中国")):
        return True
    shorter, longer = sorted((gold, said), key=len)
    for prefix in ("", *_PREFIXES):
        rest = longer.removeprefix(prefix)
        if rest == shorter:
            return True
        more = rest.removeprefix(shorter)
        if more == rest or not 0 < len(more) <= MOST_NOUN:
            continue
        if shorter[-1:].isdigit():  # 14辆 is no 14人, and 140 no 14
            if not more[0].isdigit() and _is_asked_in(more, question):
                return True
        elif more in _SUFFIXES or more in key(question):
            return True
    return False

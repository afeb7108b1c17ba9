"""What stands after the end of a reply and is no part of it.

A model that nobody stops goes on after its answer: with marks of the end of a turn, with the next question,
with the next turn of a talk that it makes up. And many a reply ends with a remark to the reader.
"""

import re
from collections.abc import Callable

_TURN_MARK = re.compile(
    r"(?:\s*(?:</s>|<\|?(?:im_end|im_start|eot_id|eot|endoftext|end_of_text|end|eom_id|action_end)\|?>|<eo[sadew]>"
    r"|</?eoa>|<EOS_TOKEN>|<end_of_turn>|<｜end▁of▁sentence｜>))+\s*\Z",
    re.IGNORECASE,
)
_NUMBER = r"(?:[ \t]*(?:#|No\.?)?[ \t]*(?P<number>\d{1,3}))?"
_ASKED = (
    r"question|problem|exercise|task|example|query|q|human|user|student|instruction|prompt|pregunta|problema"
    r"|ejercicio|frage|aufgabe|exercice|domanda|esercizio|pergunta|вопрос|задача|问题|题目|问|例题|質問|問題|문제|질문"
)
# Where a new question, problem or turn begins.
_NEW_TURN = re.compile(
    rf"\n[ \t]*+(?:[>*#_-]{{1,6}}[ \t]*)?(?:(?P<asked>{_ASKED}){_NUMBER}[*_ \t]*[:：]"
    r"|\[(?:INST|Question|Problem)\])"
    r"|\n[ \t]*+#{1,6}[ \t]*(?P<new>new |next )?"
    r"(?:instruction|question|problem|input|human|user|exercise)s?\b"
    r"|<\|(?:endoftext|im_end|eot_id|end_of_text)\|>(?=\s*[^\s<])"
    r"|<(?:\|(?:im_start|start_header_id)\|>\s*(?:user|human|system)|\|(?:user|human)\|>|start_of_turn>\s*user|｜User｜>)",
    re.IGNORECASE,
)
# A backslash of LaTeX is none of a line break.
_ESCAPED = re.compile(r"\\n(?!(?:eq?|u|abla|ot|otin|i|mid|leq|geq|less|earrow|warrow)\b)")
MOST_TURNS = 8

_SENTENCE = r"[^\n]*"
_REMARK = re.compile(
    r"[\s*_>(（-]*(?:"
    r"(?:so |and )?(?:i|we) (?:really )?hope (?:that )?(?:this|it|that|you|my|the)\b"
    r"|hope (?:this|it|that)\b|hoping (?:this|that)"
    r"|(?:please )?(?:let me know|feel free|don't hesitate|do not hesitate|reach out)\b"
    r"|(?:so |and )?(?:please )?(?:just )?(?:ask|tell me) if you\b"
    r"|(?:do|would|did|are|can|could|should|shall) (?:you|i) "
    r"(?:have|like|want|need|wish|see|understand|help|there|agree|explain)\b[^\n]*\?"
    r"|is there (?:anything|something) (?:else|more|you)\b|anything else\b"
    r"|any (?:other |further |more )?questions\b|if (?:you|there|anything|something|any)\b[^\n]*"
    r"(?:question|help|clarif|let me know|feel free|unclear|ask|explain|assist)"
    r"|(?:happy|glad) to (?:help|explain|assist)|i(?:'m| am| would be|'d be) (?:here|happy|glad|always)\b"
    r"|(?:good luck|happy learning|have a (?:great|nice|good)|enjoy|cheers|best regards|thank(?:s| you))\b"
    r"|you(?:'re| are) welcome"
    r"|(?:espero que|si tienes|avísame|déjame saber|j'espère|n'hésite|si vous avez|ich hoffe|falls du"
    r"|wenn du noch|lass mich wissen)\b"
    r"|希望(?:这|以上|我|对|能)|如果?(?:您|你|有|需|还)|若(?:有|您|你|需)|如需|请(?:告诉|随时|问)|祝(?:你|您)|还有(?:其他|什么)|（?注[：:]"
    rf"){_SENTENCE}",
    re.IGNORECASE,
)
# Greedily, so that it looks from the end on.
_LAST_SENTENCE = re.compile(r".*(?:(?<=[.!?。！？)*$])[ \t]+(?=[A-Z(*])|(?<=[。！？]))", re.DOTALL)
MOST_REMARKS = 4


def with_line_breaks(text: str) -> str:
    r"""The text with line breaks where it has `\n` and none: it was escaped, and not read back."""
    if "\n" in text or "\\n\\n" not in text:
        return text
    return _ESCAPED.sub("\n", text)


def without_turn_marks(text: str) -> str:
    """The text without the marks that a model ends its turn with."""
    if not text.rstrip().endswith(">"):
        return text
    return (
        _TURN_MARK.sub("", text[-400:]) if len(text) <= 400 else text[:-400] + _TURN_MARK.sub("", text[-400:])
    )


def without_run_on(text: str, is_reply: Callable[[str], bool], states: Callable[[str], bool]) -> str:
    """The text up to where, after an answer, a new question or turn begins.

    `is_reply` says whether what stands before has an answer, `states` whether it ends with a sentence that
    states one, which is enough before the word for a question. A reply that began with a numbered question is
    one in several parts.
    """
    numbered = False
    for tried, turn in enumerate(_NEW_TURN.finditer(f"\n{text}")):
        before = without_turn_marks(text[: max(turn.start() - 1, 0)]).strip()
        if tried == MOST_TURNS:
            break
        if numbered and turn["number"]:
            continue
        if before and (is_reply(before) or ((turn["asked"] or turn["new"]) and states(before))):
            return before
        numbered = numbered or turn["number"] is not None
    return text


def without_remarks(text: str) -> str:
    """The text without the lines and sentences at its end that only speak to the reader."""
    for _ in range(MOST_REMARKS):
        shorter = _without_remark(text.rstrip())
        if shorter == text:
            break
        text = shorter
    return text


def _without_remark(text: str) -> str:
    start = text.rfind("\n") + 1
    line = text[start:]
    if _REMARK.match(line):
        return text[:start].rstrip() or text
    last = _LAST_SENTENCE.match(line)
    if last and last.end() < len(line) and _REMARK.match(line, last.end()):
        return text[: start + last.end()].rstrip()
    return text

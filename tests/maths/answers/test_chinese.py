"""What a reply in Chinese answers: in bold, below a colon, in its first sentence, or where it sums up."""

import pytest

from tinyv_cli.maths.answers import find_answer

TALK = "\n\n这种矿物在地壳中分布很广，颜色从白到灰，常见于火成岩中，也是陶瓷工业的重要原料。"
FIRST = [
    ("钠长石属于**长石族**。", "长石族"),
    ("钠长石（Albite）的晶系是**三斜晶系**，硬度为**6**。", "三斜晶系"),
    ("**钠长石**的化学式是**NaAlSi₃O₈**。", "NaAlSi₃O₈"),
    ("该矿物主要产于**挪威**和**瑞典**。", "挪威和瑞典"),
    ("该博物馆位于**法国**的**里昂**。", "法国的里昂"),
    ("它的发现者是：\n\n**约翰·哈特**（John Hart）", "约翰·哈特"),
    ("该学会的总部设在**布拉格**。", "布拉格"),
    ("钠长石的主要用途是制造玻璃。", "制造玻璃"),
    ("**钠长石的主要产地是挪威。**", "钠长石的主要产地是挪威"),
]
SUMMED_UP = [
    ("我们来看看这个问题。" + TALK + "\n\n因此，钠长石的晶系是**三斜晶系**。", "三斜晶系"),
    ("我们来看看这个问题。" + TALK + "\n\n**总结：**\n钠长石属于**长石族**。", "长石族"),
]
NUMBERED = [
    (
        "(1)【解析】两边相加。\n【答案】3\n(2)【解析】两边相减。\n【答案】$x+1$",
        "3; x+1",
    ),
]
NONE = [
    "我不知道。",
    "条件不足，无法确定。",
    "对于具体情况，建议参考有关的年鉴。",
    "先看第一个条件，因为它更简单，所以",
]


@pytest.mark.parametrize(
    ("response", "answer"), [*((said + TALK, answer) for said, answer in FIRST), *SUMMED_UP, *NUMBERED]
)
def test_chinese(response: str, answer: str) -> None:
    """What follows "is" in bold, with what "and" joins to it; the talk about it is no part."""
    assert find_answer(response).text == answer


@pytest.mark.parametrize("response", NONE)
def test_no_answer_in_chinese(response: str) -> None:
    """Who does not know, refers to other works or breaks off has none."""
    assert find_answer(response).text is None

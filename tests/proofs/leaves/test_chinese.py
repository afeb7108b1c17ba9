"""5.1: Chinese sentences: the answer stands where the question asks, and mentioning it is not enough."""

from tests.proofs.cases import unproved, wrongly_proved

NAME = "河狸的拉丁学名是什么？"
FAMILY = "紫斑蝶是属于哪一个科？"
YEAR = "该协会是哪一年成立的？"
PLACE = "云雾茶在哪个省份首次获得保护？"
CENTURY = "番茄最早是在哪个世纪被引入欧洲？"
FORMULA = "硫酸钠的化学式是什么？"
HOW_MANY = "晴天每天行20千米，这期间有多少天是晴天？"
BY_WHOM = "该名称是由谁创造的？"

SAME = [
    ("国际基金的总部设在哪个国家？", "意大利", "国际基金的总部设在意大利罗马", "5.1", "answers"),
    ("班机飞往哪个城市？", "悉尼", "班机飞往澳大利亚的悉尼", "5.1", "answers"),
    ("硫酸钠的化学式是什么？", "Na2SO4", "所以，最常见的写法是 **Na₂SO₄**", "5.1", "answers"),
    (NAME, "Castor fiber", "河狸的拉丁学名是 **Castor fiber**。它属于河狸科", "5.1", "answers"),
    (NAME, "Castor fiber", "Castor fiber L.", "5.1", "answers"),
    (FAMILY, "蛱蝶科", "蛱蝶科（Nymphalidae）", "5.1", "answers"),
    (FAMILY, "蛱蝶科", "紫斑蝶（学名：Euploea）属于蛱蝶科（Nymphalidae），分布于南方", "5.1", "answers"),
    (YEAR, "1959", "该协会成立于1959年", "5.1", "answers"),
    (PLACE, "福建", "该产品首次获得保护的省份是 **福建省**", "5.1", "answers"),
    (PLACE, "福建", "福建省", "5.1", "answers"),
    (CENTURY, "16世纪", "番茄最早是在16世纪被引入欧洲", "5.1", "answers"),
    (FORMULA, "Na2SO4", "硫酸钠的化学式是 **Na₂SO₄**，其中钠为+1价", "5.1", "answers"),
    (HOW_MANY, "8", "八天", "5.1", "answers"),
    (HOW_MANY, "8", "晴天有8天", "5.1", "answers"),
    (BY_WHOM, "Jan Novak", "该名称是由**扬·诺瓦克（Jan Novak）**创造的", "5.1", "answers"),
    ("该作者的著作叫什么？", "《茶经》", "该作者的著作是茶经", "5.1", "answers"),
]

OTHER = [
    ("现价比原价2800元便宜多少元？", "140元", "14"),
    ("一辆车上坐了13人，另一辆车上坐了多少人？", "14", "14辆"),
    ("至少需要烤多少分钟？", "5", "5小时"),
    ("这个木盖的面积是多少平方米？", "0.5", "0.5米"),
    ("总部设在哪个国家？", "印度", "总部设在印度尼西亚"),
    ("班机飞往哪个城市？", "京", "班机飞往北京"),
    (NAME, "Castor fiber", "河狸的拉丁学名不是 **Castor fiber**"),
    (NAME, "Castor fiber", "河狸的拉丁学名是 **Castor canadensis**。近亲是 **Castor fiber**"),
    (NAME, "Castor fiber", "Castor fiber belgicus"),
    (FAMILY, "蛱蝶科", "凤蝶科（曾归入蛱蝶科）"),
    (FAMILY, "蛱蝶科", "紫斑蝶属于凤蝶科，与蛱蝶科相近"),
    (FAMILY, "蛱蝶科", "该类群与蛱蝶科、凤蝶科都有关系"),
    (YEAR, "1959", "该协会成立于1956年"),
    (YEAR, "1959", "该协会在1959年解散，成立于1950年"),
    (PLACE, "福建", "浙江省"),
    (PLACE, "福建", "该产品首次获得保护的省份是 **浙江省**，后来也在福建种植"),
    (CENTURY, "16世纪", "番茄最早是在17世纪被引入欧洲"),
    (FORMULA, "Na2SO4", "硫酸钠的化学式是 **Na₂SO₃**"),
    (FORMULA, "Na2SO4", "硫酸钠与Na2SO4相关的物质很多"),
    (HOW_MANY, "8", "四天"),
    ("若 $f(2)=8$, 则 $a=$", "-3", "3"),
    ("则 $x$ 的取值范围是", "$(-1,3)$", "$(1,3)$"),
    ("梨树比桃树多多少棵？", "6", "-6"),
    (HOW_MANY, "8", "晴天有8天，雨天有4天"),
    (BY_WHOM, "Jan Novak", "该名称是由**彼得·诺瓦克（Petr Novak）**创造的"),
    (BY_WHOM, "Jan Novak", "该名称是由彼得创造的，Jan Novak 只是推广者"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []

"""5.1: sentences in Chinese that answer the question."""

from tinyv_cli.maths.chinese import is_chinese, is_named, offered
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof


def answered(sides: Sides, prove: Prove) -> Proof | None:
    """5.1: `亚洲玉米螟的拉丁学名是 **Ostrinia furnacalis**` and `福建省` say what the question asks for."""
    if not is_chinese(sides.question) or (sides.gold, sides.answer) != sides.given:
        return None
    for said in offered(sides.answer, sides.question):
        if is_named(sides.gold, said, sides.question):
            return after("5.1", f"the sentence answers '{said}'", prove(sides.gold, sides.gold))
    return None

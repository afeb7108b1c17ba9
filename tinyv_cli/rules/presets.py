"""Math-Verify's judges by the names of rules, apart from how they are run: here, or in another Python."""

from tinyv_cli.rules import math_verify, trainers

JUDGES = {
    "math-verify": math_verify.judge,
    "math-verify/default": trainers.default,
    "math-verify/verl": trainers.verl,
    "math-verify/trl": trainers.trl,
    "math-verify/lighteval": trainers.lighteval,
}
LIBRARIES = ("math-verify", "latex2sympy2_extended", "sympy", "antlr4-python3-runtime")

"""How somebody's reward function wants to be called, read from the names of its parameters.

Known are the reward functions of verl, `f(data_source, solution_str, ground_truth, extra_info)`, and its
scorers such as PRIME's `compute_score(model_output, ground_truth)`; those of TRL, `f(completions, …)` on
lists, of messages or of texts. Of other functions, two parameters are gold and response, three are data
source, response and gold: the order in which verl's `main_eval` passes them.
"""

from collections.abc import Callable, Mapping
from inspect import Parameter, signature
from typing import Any

from tinyv_cli.records import Case

GOLD_NAMES = frozenset({"gold", "ground_truth", "reference", "target", "solution", "answer", "label", "gt"})
RESPONSE_NAMES = frozenset(
    {"response", "solution_str", "model_output", "completion", "prediction", "pred", "output", "model_answer"}
)
DATA_SOURCE = "tinyv"

Arguments = tuple[list[Any], dict[str, Any]]
Parameters = Mapping[str, Parameter]


def takes_lists(function: Callable[..., Any]) -> bool:
    """Whether it is called as TRL calls a reward function."""
    return "completions" in signature(function).parameters


def arguments(function: Callable[..., Any], gold: str, case: Case, *, otherwise: bool = False) -> Arguments:
    """Positional and named arguments for the function.

    TRL's lists hold messages or texts, as the dataset does. They are messages here unless the annotation is
    `list[str]`; `otherwise` gives the other of the two, for a function that could do nothing with the first.
    """
    parameters = signature(function).parameters
    if takes_lists(function):
        texts = str(parameters["completions"].annotation).lower().endswith("list[str]")
        return _taken(parameters, _lists(gold, case, messages=(not texts) != otherwise))
    golds, responses = _roles(parameters)
    if not (golds and responses):
        in_order = [DATA_SOURCE, case.text, gold] if len(_required(parameters)) == 3 else [gold, case.text]
        return in_order, {}
    offered = {
        "data_source": DATA_SOURCE,
        "extra_info": {"question": case.question},
        "question": case.question,
    }
    return _taken(parameters, offered | dict.fromkeys(golds, gold) | dict.fromkeys(responses, case.text))


def _lists(gold: str, case: Case, *, messages: bool) -> dict[str, Any]:
    """What TRL passes, in lists of one; the gold under every name that a dataset may have for it."""
    prompt = [{"role": "user", "content": case.question}] if messages else case.question
    completion = [{"role": "assistant", "content": case.text}] if messages else case.text
    return {
        "prompts": [prompt],
        "completions": [completion],
        "log_extra": _unheard,
        "log_metric": _unheard,
        **{name: [gold] for name in GOLD_NAMES},
    }


def _unheard(*_: Any) -> None:
    """Takes what a function would log in TRL's tables."""


def _roles(parameters: Parameters) -> tuple[frozenset[str], frozenset[str]]:
    """The parameters for the gold and for the response; of two, the one that is not known is the other's."""
    golds, responses = GOLD_NAMES & parameters.keys(), RESPONSE_NAMES & parameters.keys()
    required = _required(parameters)
    left = required - golds - responses
    if len(required) == 2 and len(left) == 1:
        return golds or left, responses or left
    return golds, responses


def _required(parameters: Parameters) -> frozenset[str]:
    variadic = {Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD}
    return frozenset(
        name for name, p in parameters.items() if p.default is Parameter.empty and p.kind not in variadic
    )


def _taken(parameters: Parameters, offered: dict[str, Any]) -> Arguments:
    """Of what is offered, what the function has a parameter for."""
    takes_any = any(p.kind is Parameter.VAR_KEYWORD for p in parameters.values())
    nameless = [name for name, p in parameters.items() if p.kind is Parameter.POSITIONAL_ONLY]
    positional = [offered.pop(name) for name in nameless if name in offered]
    return positional, {name: value for name, value in offered.items() if name in parameters or takes_any}

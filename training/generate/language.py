r"""Words around an answer, as models write them: lead-ins in many languages, working, reasons, marks.

All of them leave the meaning as it is, and so go around right and wrong answers alike. What is put around an
answer never holds another answer, save where it is said to have been given up.
"""

import json
import re
from random import Random

from training.generate.common import capitalised, in_sentence, is_bare, last_sentence
from training.generate.nearby import another_value
from training.generate.transformation import Task, dressed, same
from training.generate.vocabulary import (
    LEADS,
    OPENERS,
    REASONS,
    SENTENCES,
    SHORT_LEADS,
    SUBJECTS,
    VERBS,
)

# Lead-ins


@dressed("5.1")
def lead_in_english(task: Task, rng: Random) -> str | None:
    """`Therefore, the final answer is 18.`, put together from its parts."""
    if not is_bare(task.gold):
        return None
    text = rng.choice(OPENERS) + rng.choice(SUBJECTS) + rng.choice(VERBS)
    return capitalised(text).format(in_sentence(task.gold, rng)) + rng.choice(("", ".", ".", "\n"))


@dressed("5.1")
def lead_in_short(task: Task, rng: Random) -> str | None:
    """`Ans: 18`, `=> 18`."""
    return rng.choice(SHORT_LEADS).format(in_sentence(task.gold, rng)) if is_bare(task.gold) else None


@dressed("5.1")
def lead_in_foreign(task: Task, rng: Random) -> str | None:
    """The same in Chinese, French, Spanish, Russian, Hindi …"""
    if not is_bare(task.gold):
        return None
    language = rng.choice(list(LEADS))
    return rng.choice(LEADS[language]).format(in_sentence(task.gold, rng))


@dressed("5.1")
def lead_in_chinese(task: Task, rng: Random) -> str | None:
    """Chinese once more, for it is the most frequent of the others."""
    return rng.choice(LEADS["zh"]).format(in_sentence(task.gold, rng)) if is_bare(task.gold) else None


@dressed("5.1")
def lead_in_after_opener(task: Task, rng: Random) -> str | None:
    """`Thus, 18.`"""
    if not is_bare(task.gold):
        return None
    opener = rng.choice([each for each in OPENERS if each])
    return f"{opener}{in_sentence(task.gold, rng)}{rng.choice(('', '.'))}"


# Working and reasons


@dressed("5.1")
def reason_after(task: Task, rng: Random) -> str | None:
    """`18, since each case is counted once.`"""
    if not is_bare(task.gold):
        return None
    return f"{in_sentence(task.gold, rng)}{rng.choice((', ', ' ', ' - ', ' — '))}{rng.choice(REASONS)}."


@dressed("5.1")
def explanation_after(task: Task, rng: Random) -> str | None:
    """The answer first, and sentences after it that say how it was found."""
    start = lead_in_english(task, rng) if rng.random() < 0.5 else task.gold
    if start is None or not is_bare(task.gold):
        return None
    heading = rng.choice(
        ("\n\nExplanation: ", "\n\n**Explanation:** ", "\n\n", "\n", " ", "\nReason: ", "\n\nWhy: ")
    )
    stop = "." if heading == " " and not start.endswith((".", "\n")) else ""
    return f"{start.strip()}{stop}{heading}{_working(task.question, rng)}"


@dressed("5.1")
def working_before(task: Task, rng: Random) -> str | None:
    """Two or three sentences of working, and the answer at their end."""
    if not is_bare(task.gold):
        return None
    end = rng.choice((lead_in_english, lead_in_short, lead_in_english, lead_in_after_opener))(task, rng)
    return f"{_working(task.question, rng)}{rng.choice((' ', chr(10), chr(10) * 2))}{end}"


@dressed("5.1")
def working_in_steps(task: Task, rng: Random) -> str | None:
    """Steps with numbers, and the answer after them."""
    if not is_bare(task.gold):
        return None
    sentences = rng.sample(SENTENCES, rng.randint(2, 4))
    mark = rng.choice(("Step {}: ", "{}. ", "**Step {}:** ", "({}) ", "### Step {}\n"))
    steps = "\n".join(mark.format(at) + sentence for at, sentence in enumerate(sentences, start=1))
    return f"{steps}\n{rng.choice((lead_in_english, lead_in_short))(task, rng)}"


@dressed("5.1")
def reasoning_tagged(task: Task, rng: Random) -> str | None:
    """Reasoning between tags, and the answer after them."""
    if "<" in task.gold or "\n" in task.gold:
        return None
    tag = rng.choice(("think", "reasoning", "scratchpad", "thinking"))
    answer = rng.choice(("{}", "<answer>{}</answer>", "<answer> {} </answer>", "Answer: {}"))
    return f"<{tag}>\n{_working(task.question, rng)}\n</{tag}>\n{answer.format(task.gold)}"


def _working(question: str, rng: Random) -> str:
    """Sentences, some of them a calculation with numbers that may be those of the question."""
    sentences = rng.sample(SENTENCES, rng.randint(1, 3))
    if rng.random() < 0.6:
        sentences.insert(rng.randint(0, len(sentences)), _calculation(question, rng))
    return " ".join(sentences)


def _calculation(question: str, rng: Random) -> str:
    """A true calculation, which is part of the way and not its end."""
    numbers = [int(each) for each in re.findall(r"(?<![\d.])\d{1,4}(?![\d.])", question)]
    numbers += [rng.randint(2, 60), rng.randint(2, 12)]
    first, second = rng.sample(numbers, 2)
    sums = (
        f"{first} + {second} = {first + second}",
        f"{first} - {second} = {first - second}",
        f"{first} * {second} = {first * second}",
        f"{first} \\times {second} = {first * second}",
    )
    text = rng.choice(
        ("We have {}.", "First, {}.", "Here {}.", "Along the way, {}.", "Compute ${}$.", "Then ${}$.")
    )
    return text.format(rng.choice(sums))


@dressed("5.1")
def rejected_before(task: Task, rng: Random) -> str | None:
    """Another value that is given up for the answer: `At first it looks like 17, but it is 18.`"""
    other = another_value(task.gold, rng) if is_bare(task.gold) else None
    if other is None:
        return None
    return rng.choice(_GIVEN_UP).format(other=in_sentence(other, rng), answer=in_sentence(task.gold, rng))


_GIVEN_UP = (
    "At first it looks like {other}, but the correct answer is {answer}.",
    "I first got {other}; that was a mistake. The answer is {answer}.",
    "Not {other} but {answer}.",
    "Wait, {other} is wrong. The final answer is {answer}",
    "One might think of {other}. Checking again gives {answer}.",
    "{other}? No. It is {answer}.",
    "It is {answer}, not {other}.",
    "The answer is {answer} (and not {other}, as is often said).",
    "My earlier answer of {other} was incorrect; the right one is {answer}.",
    "Correction: the answer is {answer} instead of {other}.",
)

# Assignments


@dressed("5.2")
def assigned(task: Task, rng: Random) -> str | None:
    """`x = 18`, where the question asks for x."""
    name = _unknown(task)
    if name is None:
        return None
    text = rng.choice(
        ("{n} = {a}", "{n}={a}", "{n} = {a}.", "${n} = {a}$", "{n} is {a}", "{n}: {a}", "{n} equals {a}")
    )
    return text.format(n=name, a=task.gold)


@dressed("5.2")
def assigned_in_sentence(task: Task, rng: Random) -> str | None:
    """`The value of $x$ is 18`."""
    name = _unknown(task)
    if name is None:
        return None
    text = rng.choice(
        (
            "The value of ${n}$ is {a}.",
            "the value of {n} is {a}",
            "So we get ${n} = {a}$.",
            "Solving for ${n}$ gives {a}.",
            "{n} has the value {a}",
            "Therefore, ${n} = {a}$",
            "Thus \\({n} = {a}\\).",
            "we find {n} = {a}",
            "\\boxed{{{n} = {a}}}",
        )
    )
    return text.format(n=name, a=task.gold)


def _unknown(task: Task) -> str | None:
    """The only unknown that the question asks for, where the answer is a value for it."""
    if not is_bare(task.gold) or re.search(
        r"[=<>≤≥≠,;±]|\\(?:[lg]eq?(?:slant)?|pm|neq?|in|cup|begin|text)(?![a-z])| (?:or|and) ", task.gold
    ):
        return None
    if not re.search(r"\d|\\pi", task.gold) or re.search(
        r"[A-Za-z]{3,}", re.sub(r"\\[A-Za-z]+", "", task.gold)
    ):
        return None
    asked = _ASKS_FOR.search(last_sentence(task.question))
    return asked[1] if asked else None


_ASKS_FOR = re.compile(
    r"\b(?:values? (?:of|for)|solve for|[Ff]ind|[Dd]etermine|[Ww]hat is|[Cc]ompute|number)\s+"
    r"(?:\$|\\\()?\s*(?![aAI][ ?.])"
    r"([A-Za-z])\s*(?:\$|\\\))?[\s?.,]*\Z"
)


_LABEL = re.compile(
    r"(?:\\?[A-Za-z](?:_\{?\w{1,3}\}?)?|[A-Za-z]\([a-z]\)|[A-Z]{2,4}|\|[A-Z]{2}\|"
    r"|\\(?:alpha|beta|gamma|theta|lambda|mu|epsilon)"
    r"|S_\{[^{}]+\}|[A-Z]\s*\\c[au]p\s*[A-Z])\s*=\s*(?P<value>[^=<>,;]+)"
)


@same("5.2")
def label_dropped(task: Task, rng: Random) -> str | None:
    """The value of an assignment alone: `x = 18` is 18, `f(x) = x^2` is x^2."""
    found = _LABEL.fullmatch(task.gold.strip())
    if found is None or re.search(r"\\(?:pm|begin|[lg]eq?|text)|±| or | and ", found["value"]):
        return None
    value = found["value"].strip()
    is_equation = re.match(r"[xyz]\s*=", task.gold) and re.search(
        r"(?<![A-Za-z\\])[a-zA-Z](?![A-Za-z])", value
    )
    return None if is_equation else value


@same("5.2")
def equation_turned(task: Task, rng: Random) -> str | None:
    """The sides of an equation the other way round: `18 = x`."""
    sides = [side.strip() for side in task.gold.split("=")]
    if (
        len(sides) != 2
        or not all(side and side.count("{") == side.count("}") for side in sides)
        or re.search(r"[<>,;!≠\n]|\\text|\\begin|\\[\[\]]|\\in(?![a-z])|\\neq?| or ", task.gold)
    ):
        return None
    return f"{sides[1]} = {sides[0]}" if len(sides[0]) < 12 and rng.random() < 0.9 else None


# Marks and delimiters


@dressed("1.3")
def formula_delimiters(task: Task, rng: Random) -> str | None:
    r"""`$18$`, `\(18\)`, `\[18\]`, `$$18$$`."""
    if "$" in task.gold or "\\(" in task.gold or "\\[" in task.gold or "\n" in task.gold:
        return None
    return rng.choice(_DELIMITERS).format(task.gold)


_DELIMITERS = (
    *(
        "${}$",
        "${}$",
        r"\({}\)",
        r"\( {} \)",
        r"\[{}\]",
        "$${}$$",
        "\\[\n{}\n\\]",
        "$$\n{}\n$$",
        "$ {} $",
        "${}$.",
    ),
    *(
        r"\displaystyle {}",
        r"$\displaystyle {}$",
        r"{{{}}}",
        "\\begin{{equation}}{}\\end{{equation}}",
        r"\ensuremath{{{}}}",
    ),
)


@dressed("1.3")
def boxed(task: Task, rng: Random) -> str | None:
    r"""In a box, alone or in a sentence: `The final answer is \boxed{18}.`"""
    if "boxed" in task.gold or "$" in task.gold or len(task.gold) > 300:
        return None
    return rng.choice(_BOXES).format(task.gold)


_BOXES = (
    *(
        r"\boxed{{{}}}",
        r"$\boxed{{{}}}$",
        r"\[\boxed{{{}}}\]",
        r"\fbox{{{}}}",
        r"$$\boxed{{{}}}$$",
        r"\boxed{{{}}}.",
    ),
    *(
        r"The final answer is \boxed{{{}}}",
        r"The final answer is $\boxed{{{}}}$.",
        r"**Final Answer**: $\boxed{{{}}}$",
    ),
    *(r"Therefore, the answer is \boxed{{{}}}.", r"**Final Answer** \boxed{{{}}}", r"# Answer \boxed{{{}}}"),
    *(
        "**Final Answer**\n\\[ \\boxed{{{}}} \\]",
        r"Thus $\boxed{{{}}}$",
        r"Answer: \boxed{{{}}}",
        r"所以答案是 $\boxed{{{}}}$。",
    ),
    *(
        r"The final answer is: $\boxed{{{}}}$",
        r"\(\boxed{{{}}}\)",
        r"因此,答案为 $\boxed{{{}}}$",
        r"因此 \boxed{{{}}}",
    ),
)


@dressed("1.3")
def marked_down(task: Task, rng: Random) -> str | None:
    """Markdown: bold, code, a quotation, a heading, a table, a list."""
    return rng.choice(_MARKDOWN).format(task.gold) if "`" not in task.gold and "**" not in task.gold else None


_MARKDOWN = (
    *("**{}**", "*{}*", "`{}`", "```\n{}\n```", "> {}", "# {}", "- {}", "***{}***", "__{}__", "~~~\n{}\n~~~"),
    *(
        "```text\n{}\n```",
        "| Answer |\n|---|\n| {} |",
        "* {}",
        "```latex\n{}\n```",
        "1. {}",
        "**Result:** `{}`",
        "## {}",
    ),
)


@dressed("1.3")
def in_html(task: Task, rng: Random) -> str | None:
    """HTML or XML around it."""
    return rng.choice(_TAGS).format(task.gold) if "<" not in task.gold else None


_TAGS = (
    *(
        "<p>{}</p>",
        "<b>{}</b>",
        "<strong>{}</strong>",
        "<answer>{}</answer>",
        "<span>{}</span>",
        "<final>{}</final>",
    ),
    *(
        "<div>{}</div>",
        "<code>{}</code>",
        "<p>The answer is <b>{}</b>.</p>",
        "<answer>\n{}\n</answer>",
        "<result>{}</result>",
    ),
    *(
        "<math>{}</math>",
        "<li>{}</li>",
        "<final_answer>{}</final_answer>",
        "{}<br>",
        "<td>{}</td>",
        "<h2>{}</h2>",
    ),
)


@dressed("1.3")
def in_json(task: Task, rng: Random) -> str | None:
    """As JSON, Python or YAML says it."""
    if "\n" in task.gold:
        return None
    quoted = json.dumps(task.gold, ensure_ascii=False)
    return rng.choice(_DATA).replace("@", quoted).replace("#", task.gold)


_DATA = (
    *(
        '{"answer": @}',
        '{"final_answer": @}',
        '```json\n{"answer": @}\n```',
        "['#']",
        "answer = @",
        "print(@)\n# output: #",
    ),
    *(
        "{'answer': '#'}",
        "answer: #",
        "result = #",
        ">>> answer\n#",
        '{"result": @, "confidence": "high"}',
        "return #",
    ),
    *(
        "[@]",
        '{"reasoning": "see above", "answer": @}',
        "Out[1]: #",
        '<json>{"value": @}</json>',
        "'#'",
        '"#"',
    ),
)


@dressed("1.5")
def full_stop(task: Task, rng: Random) -> str | None:
    """A mark at the end, or space around."""
    if task.gold.endswith((".", "!", "。")) or len(task.gold) > 300:
        return None
    return task.gold + rng.choice(
        (".", ".", "。", " .", "\n", ";", " ", "\n\n", "  ", ",", r"\\", r"\,", "~")
    )


@dressed("1.5")
def around_it(task: Task, rng: Random) -> str | None:
    """Quotation marks or brackets of speech, an equals sign before it, a tick after it."""
    if not is_bare(task.gold):
        return None
    return rng.choice(
        ("= {}", "“{}”", '"{}"', "'{}'", ": {}", "«{}»", "「{}」", "{} ✓", "✅ {}", "👉 {}", "→ {}")
    ).format(task.gold)


@dressed("1.5")
def spoken(task: Task, rng: Random) -> str | None:
    """Courtesies before and after the answer."""
    if not is_bare(task.gold):
        return None
    before = rng.choice(
        ("Sure! ", "Of course. ", "Great question! ", "Certainly: ", "Okay, ", "Hi! ", "", "", "Good one. ")
    )
    after = rng.choice(
        (
            " Let me know if you need more help!",
            " Hope that helps!",
            " I hope this is clear.",
            "",
            " Is there anything else?",
        )
    )
    lead = rng.choice(
        (
            "The answer is {}.",
            "It is {}.",
            "That would be {}.",
            "I'd say {}.",
            "It comes to {}.",
            "You get {}.",
        )
    )
    return f"{before}{lead.format(in_sentence(task.gold, rng))}{after}"

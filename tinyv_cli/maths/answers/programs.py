"""Replies that end in a program or in what one printed."""

import re

# A reply with more programs than this works in steps: what the last one printed is a step, too.
MOST_PROGRAMS = 2
_FENCE = re.compile(r"(?:^|(?<=\n))[ \t]*```[ \t]*(?P<language>\w*)")
_LANGUAGES = ("python", "py", "cpp", "java", "sympy")


def ends_in_program(text: str) -> bool:
    """Whether the reply ends in a program, of which nobody says what it prints, or in what a step printed."""
    language, end, programs = None, 0, 0
    is_open = False
    for fence in _FENCE.finditer(text):
        # One that names its language opens; of the others every second does. The start may be missing.
        is_open = bool(fence["language"]) or not is_open
        if is_open:
            language = fence["language"].lower()
            programs += language in _LANGUAGES
        end = fence.end()
    if language is None or (not is_open and text[end:].strip()):
        return False
    return language in _LANGUAGES or (language == "output" and programs > MOST_PROGRAMS)

"""Sentences that hold no answer: who denies that there is one, and who only plans, reasons or explains."""

import re

_ABLE = r"determine|solve|find|answer|provide|visuali[sz]e|see|view|access|compute|calculate|help|assist"
# Who says so has no answer, whatever else the sentence says.
_NO_ANSWER = re.compile(
    r"\bI (?:was|am|'m) (?:not able|unable)\b|\bI(?:'m| am) (?:not able|unable|sorry)\b|\A\W*sorry\b"
    r"|\bI (?:have no idea|do not know|don't know|give up)\b"
    rf"|\bI (?:can ?not|can't|could not|couldn't) (?:\w+ ){{0,2}}?(?:{_ABLE})\b"
    r"|\bplease (?:provide|share|upload|give|clarify)\b|\bmissing (?:\w+ ){0,3}(?:details|information)\b"
    r"|\bnot possible to\b[^.]{0,80}|\bcannot be (?:provided|answered)\b"
    r"|(?<!无)无法(?:回答|提供|得出|给出|确定|判断|求出)|不知道|条件不足|信息不足|建议(?:参考|查阅|咨询)",
    re.IGNORECASE,
)
_NOT = r"(?:can ?not|can['’]t|could not|couldn['’]t|unable to|impossible to|not able to|difficult to)"
_FOUND = (
    r"(?:determin|solv|answer|provid|calculat|comput|deriv|evaluat|identif|find|found|given?|known|establish)"
)
_INFORMATION = r"(?:information|details?|data|diagram|figure|image|picture|context|specifics|instructions)"
# A sentence that says so may still state an answer; it holds none where it states none.
_LACKS = re.compile(
    rf"\b{_NOT} (?:\w+ ){{0,3}}?{_FOUND}\w*"
    rf"|\b(?:not|n['’]t|no|without|insufficient|lacks?) (?:\w+ ){{0,6}}?{_INFORMATION}\b"
    rf"|\b(?:needs?|requires?) (?:\w+ ){{0,4}}?(?:more|additional|further|detailed|specific) "
    rf"|\b{_INFORMATION} (?:\w+ ){{0,4}}?(?:is|are|was|were)(?: not|n['’]t) "
    r"|\b(?:is|are|remains?) (?:unknown|undetermined|unclear|missing|not (?:given|shown|provided"
    r"|available|specified))\b"
    r"|\bwill be (?:presented|provided|displayed|printed|output|in (?:terms|the form) of)\b"
    r"|\bas requested\b|\bneed for (?:numerical|more|further|additional)\b|\bI(?:['’]ll| will) stop\b"
    r"|\b(?:may|might|would|will) be (?:needed|required|necessary)\b"
    r"|没有(?:给出|提供|说明)|需要(?:更多|补充|进一步)|缺[少乏]",
    re.IGNORECASE,
)
# What follows such a sentence is missing.
_GOES_ON = re.compile(
    r"\W*(?:but |so |and |now,? |next,? |then,? |here,? )*"
    r"(?:let(?:['’]s| us| me)\b|from here\b|we (?:now )?(?:need|have) to\b"
    r"|I(?:['’]ll| will| need to)\b)[^=]*",
    re.IGNORECASE,
)
_DO = (
    r"(?:solve|use|find|calculat|comput|rewrit|express|divid|substitut|simplif|start|begin|proceed|appl"
    r"|consider|set|writ"
    r"|assum|try|check|plug|expand|factor|multipl|evaluat|determin|need|look|analy|discuss|follow"
    r"|understand|provid)\w*"
)
# So begins who plans, supposes or derives, and who speaks of the work rather than of what came out.
_PLANS = re.compile(
    r"\W*(?:step \d+:?\W*)?(?:(?:but|so|and|now|next|then|here|first(?:ly)?|finally|also|again),? )*"
    rf"(?:to \w+ .{{1,200}}?, (?:we|I|you|one|let|first)\b|we (?:(?:can|could|will|would|must|should|may"
    rf"|now|then|also|next) )*{_DO}"
    r"|we (?:also )?(?:take|conclude that this)\b|you (?:can|could|need|will|should|have to)\b"
    r"|one (?:can|could|would|may|might)\b"
    r"|(?:please )?note\b|I (?:apologi[sz]e|made|need|will|would)\b"
    r"|(?:since|as|from|because|if|using|after)\b.{1,300}?, we (?:\w+ )?(?:have|know|can|need|must|see"
    r"|get to)\b"
    r"|(?:this|the(?: above)?) (?:code|program|script)\b|here(?:['’]s| is) (?:what|how)\b"
    r"|for (?:simplicity|example|instance)\b|however\b|alternatively\b|wait\b|hmm\b|(?:the )?next\b"
    r"|after (?:running|solving|expanding|simplifying)\b|(?:applying|following) (?:these|this|the)\b"
    r"|be sure to\b|this (?:will|would|can|could|may|should|requires?)\b)"
    rf"|\W*(?:then|now|next|finally|after \w+ing\b[^,]{{1,60}}),? {_DO}\b|\W*(?:(?:now"
    rf"|then),? )?(?:go ahead|replace|repeat|remember)\b"
    r"|\W*(?:首先|然后|接下来|接着|随后|我们(?:需要|可以|先|要)|需要|注意|假设|代入|已知|下面)",
    re.IGNORECASE | re.DOTALL,
)
_SUPPOSES = re.compile(
    r"\W*(?:now,? )?(?:given|suppose|assuming|assume|consider|recall|let)\b", re.IGNORECASE
)
_ADVISES = re.compile(
    r"\W*(?:you (?:can|could|may|should)|(?:please )?(?:note|remember|keep in mind))\b", re.IGNORECASE
)
# Such a line explains what stands before it.
_EXPLAINS = re.compile(
    r"\W*(?:where\b|here,|this value (?:of \S+ )?can be\b|note that\b|note:|(?:this|these|the (?:above"
    r"|resulting)) "
    r"(?:formulas?|expressions?|approximations?|equations?|is the (?:simplified|final)|are only)\b"
    r"|其中|这里|注意|需要注意|（?注[:：])",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"\d|[=<>≤≥≈√π∞]|\\[a-z]{3,}|\b(?:option|choice|case) \(?[A-H]\b|\(?\b[A-H]\)|[\"“`]|\b(?:yes|no"
    r"|true|false|none|both)\b",
    re.IGNORECASE,
)
CONCLUDES = re.compile(
    r"\W*(?:step \d+:\s*)?"
    r"(?:therefore|thus|hence|so|in (?:conclusion|summary|total)|consequently|finally|overall)\b"
    r"|\W*(?:因此|所以|综上|总之|故|总结|结论|由此)",
    re.IGNORECASE,
)
# So begins who announces a last step rather than what came out.
_CONCLUDES_WORK = re.compile(rf"\W*(?:\w+,? we|finally,? {_DO})\b", re.IGNORECASE)
# So begins a sentence that adds to what has been said.
_ADDS = re.compile(r"\W*(?:additionally|moreover|furthermore)\b|\W*(?:此外|另外)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
# Prose without any value that is longer than this explains; a shorter sentence may be an answer in words.
MOST_WORDS_IN_WORDS = 14
# Of so many words a sentence that draws no conclusion explains, whatever values it names.
MOST_WORDS = 40
_ENDED = re.compile(r"[.!?。！？:：)\]}\"'”’*`$%|]\s*\Z|\d\S*(?:\s\S+){0,3}\s*\Z")


def word_count(text: str) -> int:
    """How many words of letters the text has; formulas and numbers have none."""
    return len(_WORD.findall(text))


def denies(text: str) -> bool:
    """Whether it says that there is no answer, which is none."""
    return _NO_ANSWER.search(text) is not None


def lacks(text: str) -> bool:
    """Whether a sentence that states no value says what is missing for an answer."""
    return _LACKS.search(text) is not None


def goes_on(text: str) -> bool:
    """Whether it only says what comes next."""
    return _GOES_ON.fullmatch(text) is not None


def plans(text: str) -> bool:
    """Whether a sentence that states no value begins as plans, suppositions and derivations do."""
    return _PLANS.match(text) is not None and (
        CONCLUDES.match(text) is None or _CONCLUDES_WORK.match(text) is not None
    )


def supposes(text: str) -> bool:
    """Whether the sentence only says what is given or assumed."""
    return _SUPPOSES.match(text) is not None


def advises(text: str) -> bool:
    """Whether the sentence tells the reader what to do with an answer."""
    return _ADVISES.match(text) is not None


def explains(line: str) -> bool:
    """Whether the line only explains what stands before it."""
    return _EXPLAINS.match(line) is not None


def is_talk(text: str) -> bool:
    """Whether it is prose that names no value and draws no conclusion."""
    words = word_count(text)
    if _ADDS.match(text) and _VALUE.search(text) is None:
        return True
    if CONCLUDES.match(text) or words <= MOST_WORDS_IN_WORDS:
        return False
    return words > MOST_WORDS or _VALUE.search(text) is None


def is_unended(line: str) -> bool:
    """Whether a longer line ends as no sentence does, nor a value: the reply breaks off in it."""
    if _ENDED.search(line):
        return False
    words = len(line.split())
    return (
        (words > 4 and _VALUE.search(line) is None) if CONCLUDES.match(line) else words > MOST_WORDS_IN_WORDS
    )

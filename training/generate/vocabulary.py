"""Words that the generator draws from: things of one kind, opposites, lead-ins in many languages."""

# Things of one kind: each may stand for another where a wrong answer of the same kind is wanted.
THINGS: dict[str, tuple[str, ...]] = {
    "month": tuple(
        "January February March April May June July August September October November December".split()
    ),
    "weekday": tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
    "season": ("spring", "summer", "autumn", "winter"),
    "colour": tuple("red blue green yellow orange purple black white brown pink grey silver gold".split()),
    "number": tuple("one two three four five six seven eight nine ten eleven twelve twenty".split()),
    "ordinal": tuple("first second third fourth fifth sixth seventh eighth ninth tenth".split()),
    "shape": (
        *("circle", "ellipse", "parabola", "hyperbola", "line", "point", "triangle", "square", "rectangle"),
        *("rhombus", "trapezoid", "parallelogram", "pentagon", "hexagon", "octagon", "sphere", "cylinder"),
        *("cone", "cube", "pyramid", "plane"),
    ),
    "triangle": ("acute", "obtuse", "right", "equilateral", "isosceles", "scalene"),
    "planet": tuple("Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune".split()),
    "continent": ("Africa", "Asia", "Europe", "North America", "South America", "Australia", "Antarctica"),
    "ocean": ("Pacific Ocean", "Atlantic Ocean", "Indian Ocean", "Arctic Ocean", "Southern Ocean"),
    "element": (
        *(
            "hydrogen",
            "helium",
            "carbon",
            "nitrogen",
            "oxygen",
            "sodium",
            "magnesium",
            "aluminium",
            "silicon",
        ),
        *("phosphorus", "sulfur", "chlorine", "potassium", "calcium", "iron", "copper", "zinc", "mercury"),
        *("lead", "uranium", "tin", "nickel", "neon", "argon", "radon"),
    ),
    "animal": (
        *("dog", "cat", "horse", "lion", "tiger", "elephant", "whale", "dolphin", "eagle", "owl", "snake"),
        *("frog", "bear", "wolf", "fox", "rabbit", "sheep", "goat", "cow", "pig", "camel", "otter", "beaver"),
    ),
    "language": (
        *("English", "French", "German", "Spanish", "Italian", "Portuguese", "Russian", "Polish", "Greek"),
        *("Turkish", "Arabic", "Hindi", "Chinese", "Japanese", "Korean", "Dutch", "Swedish", "Latin"),
    ),
    "country": (
        *(
            "France",
            "Germany",
            "Spain",
            "Italy",
            "Portugal",
            "Poland",
            "Norway",
            "Sweden",
            "Denmark",
            "Austria",
        ),
        *(
            "Greece",
            "Turkey",
            "Egypt",
            "Morocco",
            "Kenya",
            "Nigeria",
            "South Africa",
            "India",
            "China",
            "Japan",
        ),
        *("Nepal", "Thailand", "Vietnam", "Indonesia", "Canada", "Mexico", "Brazil", "Argentina", "Chile"),
        *("Peru", "Cuba", "Russia", "Ukraine", "Ireland", "Scotland", "England", "Wales", "New Zealand"),
    ),
    "city": (
        *("London", "Paris", "Berlin", "Madrid", "Rome", "Lisbon", "Warsaw", "Oslo", "Stockholm", "Vienna"),
        *(
            "Athens",
            "Istanbul",
            "Cairo",
            "Nairobi",
            "Lagos",
            "Delhi",
            "Mumbai",
            "Beijing",
            "Shanghai",
            "Tokyo",
        ),
        *("Kyoto", "Seoul", "Bangkok", "Sydney", "Toronto", "Montreal", "Chicago", "Boston", "Seattle"),
        *("Denver", "Atlanta", "Houston", "Los Angeles", "San Francisco", "New York City", "Lima", "Havana"),
    ),
    "state": (
        *(
            "Texas",
            "California",
            "Florida",
            "Ohio",
            "Georgia",
            "Virginia",
            "Nevada",
            "Oregon",
            "Kansas",
            "Iowa",
        ),
        *("Maine", "Alaska", "Hawaii", "Utah", "Montana", "Tennessee", "Kentucky", "Louisiana", "Colorado"),
    ),
    "instrument": ("piano", "violin", "cello", "guitar", "flute", "trumpet", "drums", "harp", "clarinet"),
    "sport": ("football", "cricket", "tennis", "rugby", "hockey", "basketball", "golf", "boxing", "rowing"),
    "organ": ("heart", "liver", "kidney", "lungs", "brain", "stomach", "skin", "pancreas", "spleen"),
    "religion": ("Christianity", "Islam", "Hinduism", "Buddhism", "Judaism", "Sikhism", "Taoism"),
    "metric": ("length", "area", "volume", "mass", "weight", "speed", "time", "temperature", "pressure"),
    "family": (
        "mother",
        "father",
        "sister",
        "brother",
        "aunt",
        "uncle",
        "son",
        "daughter",
        "wife",
        "husband",
    ),
    "direction": ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"),
}

FIRST_NAMES = tuple(
    """Alice Robert Maria Emma Thomas Laura Peter Sofia Daniel Helen Carlos Anna Michael Julia Henry Clara
    Victor Nora Edward Grace Simon Irene Louis Martha Oscar Ruth Samuel Diana Walter""".split()
)
LAST_NAMES = tuple(
    """Smith Taylor Fischer Rossi Novak Tanaka Garcia Silva Dubois Larsen Murphy Campbell Walker Bennett
    Foster Hughes Palmer Reed Sanders Turner Weber Ivanov Costa Moreau Nguyen Khan Adams Carter""".split()
)
FAMOUS = (
    *("Albert Einstein", "Isaac Newton", "Marie Curie", "Charles Darwin", "Leonardo da Vinci", "Mozart"),
    *("William Shakespeare", "Jane Austen", "Charles Dickens", "Mark Twain", "Ernest Hemingway", "Homer"),
    *("George Washington", "Abraham Lincoln", "Thomas Jefferson", "John Adams", "Winston Churchill"),
    *("Napoleon", "Julius Caesar", "Cleopatra", "Queen Victoria", "Nelson Mandela", "Mahatma Gandhi"),
    *("Michael Jackson", "Elvis Presley", "Bob Dylan", "David Bowie", "Paul McCartney", "Whitney Houston"),
    *("Tom Hanks", "Meryl Streep", "Clint Eastwood", "Harrison Ford", "Julia Roberts", "Audrey Hepburn"),
    *("Galileo Galilei", "Johannes Kepler", "Niels Bohr", "Leonhard Euler", "Carl Friedrich Gauss", "Plato"),
)
THINGS_AT_LARGE = (
    *("the moon", "a bridge", "salt", "gravity", "a guitar", "photosynthesis", "the liver", "inflation"),
    *("a compass", "the second world war", "a comet", "a treaty", "chess", "the Nile", "a river", "glass"),
    *("paper", "the Senate", "the king", "a volcano", "the printing press", "rice", "a telescope", "silk"),
    *("oxygen", "the equator", "an opera", "the press", "friction", "a virus", "electricity", "marble"),
)

# Words that turn an answer around where one stands for the other.
_OPPOSED = """
even/odd increasing/decreasing increases/decreases increase/decrease maximum/minimum converges/diverges
convergent/divergent largest/smallest greatest/least greater/less more/fewer positive/negative above/below
left/right up/down clockwise/counterclockwise north/south east/west northern/southern eastern/western
horizontal/vertical parallel/perpendicular concave/convex rational/irrational acute/obtuse inside/outside
true/false yes/no always/never sufficient/necessary open/closed bounded/unbounded linear/quadratic
dependent/independent reject/accept hot/cold early/late before/after first/last upper/lower inner/outer
major/minor male/female mother/father brother/sister son/daughter king/queen winter/summer day/night
sunrise/sunset arrival/departure win/lose winner/loser rises/falls gains/loses profit/loss stable/unstable
finite/infinite prime/composite real/imaginary sine/cosine symmetric/antisymmetric injective/surjective
continuous/discontinuous consistent/inconsistent possible/impossible equal/unequal internal/external
import/export demand/supply heads/tails buyer/seller
"""
OPPOSITES: dict[str, str] = {
    word: other
    for pair in _OPPOSED.split()
    for word, other in (pair.split("/"), reversed(pair.split("/")))  # both ways
}

# The same thing said otherwise, in a text.
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("USA", "United States", "United States of America", "the United States", "the U.S."),
    ("UK", "United Kingdom", "the United Kingdom"),
    ("New York City", "NYC", "New York, NY"),
    ("Los Angeles", "L.A."),
    ("World War II", "World War 2", "the Second World War", "WWII"),
    ("World War I", "World War 1", "the First World War", "WWI"),
    ("color", "colour"),
    ("center", "centre"),
    ("meter", "metre"),
    ("gray", "grey"),
    ("fall", "autumn"),
    ("soccer", "association football"),
    ("aluminium", "aluminum"),
    ("sulfur", "sulphur"),
    ("trapezoid", "trapezium"),
    ("carbon dioxide", "CO2"),
    ("sodium chloride", "NaCl", "table salt"),
    ("hydrogen", "H"),
    ("counterclockwise", "anticlockwise", "counter-clockwise"),
    ("right triangle", "right-angled triangle"),
    ("St. ", "Saint "),
    ("Mount ", "Mt. "),
)

# Lead-ins: what stands before an answer, or around it at {}.
OPENERS = (
    *(
        "",
        "",
        "",
        "So ",
        "So, ",
        "Thus, ",
        "Thus ",
        "Therefore, ",
        "Therefore ",
        "Hence, ",
        "Hence ",
        "Finally, ",
    ),
    *("In conclusion, ", "Consequently, ", "As a result, ", "We conclude that ", "It follows that ", "Then "),
    *(
        "This means that ",
        "Putting it together, ",
        "To sum up, ",
        "From this we see that ",
        "Overall, ",
        "OK, so ",
    ),
    *(
        "We find that ",
        "Now we know that ",
        "After simplifying, ",
        "I get that ",
        "Alright, ",
        "Accordingly, ",
    ),
)
SUBJECTS = (
    *("the answer", "the answer", "the final answer", "the final answer", "the correct answer", "the result"),
    *(
        "the solution",
        "the required value",
        "our answer",
        "my answer",
        "the final result",
        "the desired value",
    ),
    *("the answer to the problem", "the requested value", "the value we want", "the answer to this question"),
)
VERBS = (
    *(" is {}", " is {}", " is {}", " is: {}", ": {}", " is equal to {}", " must be {}", " would be {}"),
    *(
        " should be {}",
        " comes out as {}",
        " turns out to be {}",
        " = {}",
        " is therefore {}",
        " is simply {}",
    ),
)
SHORT_LEADS = (
    *(
        "Answer: {}",
        "Final answer: {}",
        "Final Answer: {}",
        "**Answer:** {}",
        "**Final answer**: {}",
        "A: {}",
    ),
    *(
        "Ans: {}",
        "Ans. {}",
        "ANSWER: {}",
        "answer = {}",
        "Result: {}",
        "### {}",
        "#### {}",
        "=> {}",
        "→ {}",
        "= {}",
    ),
    *("Solution: {}", "It's {}", "It is {}", "That's {}", "{} is the answer", "{} is correct.", "I think {}"),
    *("Therefore: {}", "∴ {}", "\\therefore {}", "Output: {}", "We get {}", "we obtain {}.", "We have {}."),
    *("That gives {}.", "This gives {}", "which gives {}", "This equals {}", "The answer, then, is {}"),
    *(
        "I believe the answer is {}",
        "Conclusion: {}",
        "Simplified: {}",
        "{}, as required.",
        "{} (final answer)",
    ),
    *(
        "The final answer is {}. I hope it is correct.",
        "Answer — {}",
        "The answer is {} indeed.",
        "Got {}.",
        "{} ✓",
    ),
    *("{} ∎", "{}. QED", "Q.E.D. {}", "[ANSWER] {}", "<answer>{}</answer>", "Final: {}", "### Answer\n{}"),
    *(
        "## Final Answer\n\n{}",
        "**{}**",
        "__{}__",
        "The answer is **{}**.",
        "My guess: {}",
        "So {}.",
        "Hence {}.",
    ),
    *(
        "Thus {}",
        "Therefore {}.",
        "Then {}",
        "Let me state it: {}",
        "Clearly, {}",
        "Exactly {}",
        "precisely {}",
    ),
)
LEADS: dict[str, tuple[str, ...]] = {
    "zh": (
        *(
            "答案是{}",
            "答案:{}",
            "答案为{}。",
            "所以答案是 {}。",
            "因此,{}",
            "最终答案:{}",
            "最终答案是 {}",
            "故答案为:{}",
        ),
        *(
            "综上所述,答案为{}。",
            "结果是{}",
            "故选{}",
            "所以结果等于 {}。",
            "因此,最后的结果为 {}。",
            "由此可得 {}。",
        ),
        *("解得{}", "即{}。", "答:{}。", "经过计算,我们得到 {}。", "正确答案是{}", "于是我们得出结论:{}"),
    ),
    "fr": (
        *(
            "La réponse est {}",
            "Réponse : {}",
            "Réponse finale : {}",
            "Donc la réponse est {}.",
            "Ainsi, on obtient {}.",
        ),
        *(
            "Par conséquent, le résultat est {}.",
            "On trouve {}.",
            "Le résultat vaut {}",
            "Finalement, {}.",
            "C'est {}.",
        ),
    ),
    "es": (
        *("La respuesta es {}", "Respuesta: {}", "Respuesta final: {}", "Por lo tanto, la respuesta es {}."),
        *(
            "Entonces, el resultado es {}.",
            "Así que obtenemos {}.",
            "El valor es {}",
            "Luego, {}.",
            "Se obtiene {}.",
        ),
    ),
    "de": (
        *(
            "Die Antwort ist {}",
            "Antwort: {}",
            "Endergebnis: {}",
            "Also ist die Antwort {}.",
            "Das Ergebnis ist {}.",
        ),
        *(
            "Daher erhalten wir {}.",
            "Somit gilt {}.",
            "Die Lösung lautet {}.",
            "Lösung: {}",
            "Es ergibt sich {}.",
        ),
    ),
    "pt": (
        *(
            "A resposta é {}",
            "Resposta: {}",
            "Resposta final: {}",
            "Portanto, a resposta é {}.",
            "Logo, temos {}.",
        ),
        *("Assim, o resultado é {}.", "O valor é {}", "Obtemos {}.", "Concluímos que é {}."),
    ),
    "ru": (
        *(
            "Ответ: {}",
            "Ответ {}",
            "Итоговый ответ: {}",
            "Таким образом, ответ: {}.",
            "Следовательно, получаем {}.",
        ),
        *("Значит, {}.", "Итак, {}", "Получаем {}.", "Правильный ответ — {}.", "В итоге получается {}."),
    ),
    "ja": (
        *(
            "答えは{}です",
            "答え:{}",
            "したがって、答えは {} です。",
            "よって {}",
            "最終的な答え:{}",
            "ゆえに {} である。",
        ),
        *("結果は {} となります。", "つまり {} です。", "以上より、{}。", "求める値は {} です。"),
    ),
    "ko": (
        *(
            "답은 {}입니다",
            "답: {}",
            "정답: {}",
            "따라서 답은 {}입니다.",
            "최종 답: {}",
            "그러므로 {} 이다.",
            "결과는 {}입니다.",
        ),
        *("즉, {}입니다.", "구하는 값은 {} 이다."),
    ),
    "it": (
        *(
            "La risposta è {}",
            "Risposta: {}",
            "Risposta finale: {}",
            "Quindi la risposta è {}.",
            "Pertanto otteniamo {}.",
        ),
        *("Dunque il risultato è {}.", "Il valore è {}", "Si ottiene {}."),
    ),
    "pl": (
        *("Odpowiedź to {}", "Odpowiedź: {}", "Zatem odpowiedź to {}.", "Więc otrzymujemy {}.", "Wynik: {}"),
        *("Ostateczna odpowiedź: {}", "Stąd wynik wynosi {}."),
    ),
    "tr": (
        *("Cevap {}", "Cevap: {}", "Sonuç: {}", "Bu nedenle cevap {} olur.", "Dolayısıyla {} elde ederiz."),
        *("Nihai cevap: {}", "O halde sonuç {}."),
    ),
    "ar": (
        *("الجواب هو {}", "الإجابة: {}", "إذن الجواب هو {}.", "لذلك نحصل على {}.", "الإجابة النهائية: {}"),
        *("وبالتالي النتيجة هي {}.", "الحل هو {}"),
    ),
    "hi": (
        *(
            "उत्तर है {}",
            "उत्तर: {}",
            "इसलिए उत्तर {} है।",
            "अतः हमें {} मिलता है।",
            "अंतिम उत्तर: {}",
            "सही उत्तर {} है।",
        ),
        *("परिणाम {} है।",),
    ),
    "nl": ("Het antwoord is {}", "Antwoord: {}", "Dus het antwoord is {}.", "Het resultaat is {}."),
    "vi": ("Đáp án là {}", "Đáp số: {}", "Vậy kết quả là {}.", "Do đó ta được {}."),
    "sv": ("Svaret är {}", "Svar: {}", "Alltså är svaret {}.", "Resultatet blir {}."),
    "uk": ("Відповідь: {}", "Отже, відповідь: {}.", "Таким чином, отримуємо {}."),
    "el": ("Η απάντηση είναι {}", "Απάντηση: {}", "Άρα η απάντηση είναι {}."),
    "id": ("Jawabannya adalah {}", "Jawaban: {}", "Jadi hasilnya {}."),
    "fa": ("پاسخ {} است", "پاسخ: {}", "بنابراین پاسخ برابر {} است."),
}

# Sentences of working or explanation that name no value of their own.
SENTENCES = (
    "First we write down what is given and what is asked for.",
    "Let us call the unknown quantity by a letter and set up an equation.",
    "Substituting the first relation into the second removes one of the unknowns.",
    "Both sides can be divided by the common factor.",
    "The terms in the middle cancel, and only the ends are left.",
    "We collect like terms and move the constants to the other side.",
    "Every case is counted exactly once.",
    "By symmetry it is enough to look at one half of the figure.",
    "The other root does not satisfy the conditions and is dropped.",
    "Checking the value in the original statement shows that it fits.",
    "Note that order does not matter here, so we count combinations.",
    "The two events are independent, hence their probabilities multiply.",
    "Completing the square makes this plain.",
    "The triangle is similar to the larger one, so the ratios agree.",
    "We differentiate, set the derivative to zero and compare the ends.",
    "Adding up the parts gives the whole.",
    "What is left is a simple calculation.",
    "This follows from the theorem of Pythagoras.",
    "The amounts per day are multiplied by the number of days.",
    "After the discount the price is lower, and the tax comes on top.",
    "The sources agree on this point.",
    "It is widely documented in books on the subject.",
    "This fact is mentioned in most encyclopedias.",
    "Some people confuse it with something similar, but the records are clear.",
    "The story is well known and has been told many times since.",
    "We use the formula and put the given numbers in.",
    "The remainder is found by long division.",
    "Since the function is continuous, it takes every value in between.",
    "All the conditions of the problem are met.",
    "Expanding the brackets and simplifying leads to the last line.",
    "Using the identity for double angles, the expression becomes shorter.",
    "A quick check of small cases confirms the pattern.",
    "Rounding is not needed here.",
    "The vectors are orthogonal, so their dot product vanishes.",
    "The units work out as expected.",
    "None of the other possibilities is consistent with what is given.",
)
REASONS = (
    *(
        "since all the conditions are met",
        "because nothing else fits",
        "as the check shows",
        "by the formula above",
    ),
    *(
        "since the remaining terms cancel",
        "because each case is counted once",
        "by symmetry",
        "as can be verified",
    ),
    *(
        "because the two parts add up",
        "since the other root is not allowed",
        "as was to be shown",
        "by substitution",
    ),
    *(
        "after simplifying the expression",
        "since the events are independent",
        "according to the records",
        "as stated",
    ),
    *("because that is what remains", "by the definition", "which follows from the first equation", "in all"),
)

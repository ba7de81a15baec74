"""Makes as many dossiers as are wanted out of a few, for measuring: the same kinds of lines in other words.

    many.py N DIR [SAMPLE.txt…]

Each is one of the samples (those of sources/ unless others are named) with sentences of the others in place of
some of its own, its names exchanged among themselves, its years moved, and a title that no other has. The number
of a dossier decides all of it: the first twelve of a thousand are the same as twelve made alone. What the
dossiers say is nonsense. DIR gets a season.yaml that lists none of them, so all are built.
"""

import random
import re
import sys
from pathlib import Path

if len(sys.argv) < 3:
    sys.exit(__doc__)
count, folder = int(sys.argv[1]), Path(sys.argv[2])
sources = Path(__file__).resolve().parents[2] / "sources"
samples = [Path(name) for name in sys.argv[3:]] or sorted(sources.glob("*.txt"))
texts = [sample.read_text(encoding="utf-8").splitlines() for sample in samples]

LONG = 200  # a line of so many characters is a paragraph; a shorter one may be a heading or a fact
SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}\b")
YEAR = re.compile(r"\b(?:18|19)\d\d\b")
TITLE = re.compile(r"^(.{1,60}) \((\d{4})\)$")

paragraphs = [line for text in texts for line in text if len(line) > LONG]
# a first sentence may carry the label of its paragraph, by which chapters are known
sentences = [sentence for line in paragraphs for sentence in SENTENCE.split(line)[1:] if "(Prompt" not in sentence]
names = sorted({name for line in paragraphs for name in NAME.findall(line)})


def dossier(number):
    chance = random.Random(number)
    text = texts[number % len(texts)]
    others = dict(zip(names, chance.sample(names, len(names))))
    shift = chance.randint(-9, 9)
    first, second = chance.sample(names, 2)

    def other_words(line):
        if TITLE.match(line):
            return f"The {first} of {second} {number} ({1920 + number % 60})"
        if len(line) > LONG:
            head, *rest = SENTENCE.split(line)
            rest = [chance.choice(sentences) if chance.random() < 0.3 else own for own in rest]
            line = " ".join([head, *rest])
            line = NAME.sub(lambda name: others.get(name[0], name[0]), line)
        return YEAR.sub(lambda year: str(int(year[0]) + shift), line)

    return "\n".join(map(other_words, text)) + "\n"


folder.mkdir(parents=True, exist_ok=True)
(folder / "season.yaml").write_text("club: Many\nseason: One\n", encoding="utf-8")
for number in range(count):
    (folder / f"film-{number:04}.txt").write_text(dossier(number), encoding="utf-8")

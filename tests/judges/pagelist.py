"""Holds the pages that e-books name against the printed ones: pagelist.py BOOK.epub…

Beside each BOOK.epub lies its booklet, BOOK.pdf. Behind the marker of page 12 must stand the words with which
page 12 begins as poppler reads it (pdftotext), below the running head at most; what stands before the marker must
not be on page 12. A page that begins inside a divided word has its marker before the word. The list of pages in
the navigation names each marker once, in order. A line a book; exit status 1 where anything is wrong.
"""

import pathlib
import re
import subprocess
import sys
import unicodedata
import zipfile
import xml.etree.ElementTree as ET

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
OPF = "{http://www.idpf.org/2007/opf}"
ENOUGH = 16  # letters that must agree
HEAD = 90  # letters that a running head, a folio, the names above a title may have


def letters(text):
    """What is compared: letters without capitals (small capitals are capitals). Numbers of questions, folios and
    the stop behind a label stand in one of the two alone, and a broken word's hyphen; so none of them counts."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalpha()).casefold()


def pages_of(pdf):
    """The letters of every page in the order in which they were drawn; "p. 21" behind a link is print's own."""
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True).stdout.decode()
    return [letters(re.sub(r",\s+p\.\s+[0-9]+", "", page)) for page in text.split("\f")[:-1]]


def walk(element, name, text, markers):
    """Adds the words of an element to `text`, and where its markers stand to `markers`."""
    left_out = element.get("aria-hidden") == "true" or (element.get("class") or "").split()[-1:] in (["stop"], ["back"], ["added"])
    if element.tag == XHTML + "head" or left_out:
        return
    if element.get(TYPE) == "pagebreak":
        target = f"{name}#{element.get('id')}"
        markers.append((target, element.get("aria-label"), sum(map(len, text))))
    text.append(letters(element.text or ""))
    for child in element:
        walk(child, name, text, markers)
        text.append(letters(child.tail or ""))


def read(book):
    """The letters of all files that have printed pages, the markers in them, and the list of pages."""
    with zipfile.ZipFile(book) as archive:
        package = ET.fromstring(archive.read("OEBPS/content.opf"))
        files = {item.get("id"): item.get("href") for item in package.iter(OPF + "item")}
        text, markers = [], []
        for name in (files[item.get("idref")] for item in package.iter(OPF + "itemref")):
            if re.match("title|card|chapter-|part-|index|colophon", name):
                walk(ET.fromstring(archive.read("OEBPS/" + name)), name, text, markers)
        nav = ET.fromstring(archive.read("OEBPS/nav.xhtml"))
    lists = [nav for nav in nav.iter(XHTML + "nav") if nav.get(TYPE) == "page-list"]
    listed = [(a.get("href"), "".join(a.itertext())) for nav in lists for a in nav.iter(XHTML + "a")]
    return "".join(text), markers, listed


def begins(page, behind):
    """Whether the page begins with these letters, below its head at most."""
    return -1 < page.find(behind[:ENOUGH]) <= HEAD


def divided(before, page, behind):
    """Whether the page begins inside the word behind the marker; its head then ends the page before."""
    tail = before[-HEAD - 40 :]
    return any(behind[:cut] in tail and begins(page, behind[cut:]) for cut in range(2, 25))


def faults(book):
    pages = pages_of(book.with_suffix(".pdf"))
    text, markers, listed = read(book)
    if not markers:
        yield "no page is marked"
    if [(target, label) for target, label, _ in markers] != listed:
        yield f"the list of pages {listed} is not that of the markers {markers}"
    numbers = [int(label) for _, label, _ in markers]
    if sorted(set(numbers)) != numbers or numbers[-1:] > [len(pages)]:
        yield f"the markers are not in the order of {len(pages)} pages: {numbers}"
        return
    for number, (_, _, at) in zip(numbers, markers):
        page, before = pages[number - 1], pages[number - 2] if number > 1 else ""
        behind, ahead = text[at : at + 80], text[max(0, at - 8) : at]
        if ahead and ahead + behind[:12] in page:
            yield f"page {number}: “{ahead}”, before its marker, stands on it too"
        elif not begins(page, behind) and not divided(before, page, behind):
            yield f"page {number}: “{behind[:ENOUGH]}” stands behind its marker, “{page[:HEAD]}” on the page"


if len(sys.argv) < 2:
    sys.exit(__doc__)
failed = False
for name in sys.argv[1:]:
    found = list(faults(pathlib.Path(name)))
    failed |= bool(found)
    print(f"{'FAIL' if found else 'ok  '}  pagelist   {name}", *found, sep="\n        ")
sys.exit(failed)

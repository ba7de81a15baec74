"""Holds what calibre made of an e-book against the e-book: calibre.py BOOK.epub BOOK.txt SEEN.opf COVER.jpg

BOOK.txt is the e-book's text after its way through AZW3. Every word of the e-book's files must stand there, in
their order; what calibre adds (a second table of contents, numbers of lists) does not count. SEEN.opf and
COVER.jpg are what calibre takes for its metadata and cover. Exit status 1 with a line for each fault.
"""

import difflib
import pathlib
import re
import sys
import unicodedata
import zipfile
import xml.etree.ElementTree as ET

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


def words(text):
    """Letters and digits in runs; an apostrophe or a hyphen parts them, as calibre may change either."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text.replace("\u00ad", "")))


def text_of(element):
    """The words that stand on the page, elements of blocks apart."""
    if element.tag == XHTML + "head" or element.get("aria-hidden") == "true" or element.get("hidden"):
        return ""
    inner = (element.text or "") + "".join(text_of(child) + (child.tail or "") for child in element)
    inline = element.tag.removeprefix(XHTML) in {"a", "b", "em", "i", "span", "strong"}
    return inner if inline else f" {inner} "


def read(book):
    """The package document, and the words of the files in their reading order."""
    with zipfile.ZipFile(book) as archive:
        package = ET.fromstring(archive.read("OEBPS/content.opf"))
        files = {item.get("id"): item.get("href") for item in package.iter(OPF + "item")}
        order = [files[item.get("idref")] for item in package.iter(OPF + "itemref")]
        cover = next(i.get("href") for i in package.iter(OPF + "item") if i.get("properties") == "cover-image")
        texts = [text_of(ET.fromstring(archive.read("OEBPS/" + name))) for name in order]
        return package, words(" ".join(texts)), archive.read("OEBPS/" + cover)


def said(package, name):
    """The text of the first Dublin Core element of that name."""
    found = package.find(f".//{DC}{name}")
    return found.text if found is not None else None


def old_meta(seen, name):
    """The content of a `meta` as EPUB 2 has them."""
    return next((m.get("content") for m in seen.iter(OPF + "meta") if m.get("name") == name), None)


def series(package):
    """Name and place of the book's series, as EPUB 3 says them."""
    metas = list(package.iter(OPF + "meta"))
    name = next((m.text for m in metas if m.get("property") == "belongs-to-collection"), None)
    place = next((m.text for m in metas if m.get("property") == "group-position"), None)
    return name, place


def faults(book, text, opf, cover):
    package, wanted, picture = read(book)
    seen = ET.parse(opf).getroot()
    shown = words(pathlib.Path(text).read_text(encoding="utf-8"))
    matcher = difflib.SequenceMatcher(None, wanted, shown, autojunk=False)
    for step, a, b, c, d in matcher.get_opcodes():
        if step in ("delete", "replace"):
            yield f"lost: “{' '.join(wanted[a:b][:12])}” behind “{' '.join(wanted[max(0, a - 5) : a])}”"
    for name in ("title", "creator"):
        if said(package, name) != said(seen, name):
            yield f"{name}: “{said(seen, name)}” instead of “{said(package, name)}”"
    if not said(seen, "language"):
        yield "no language"
    name, place = series(package)
    found = old_meta(seen, "calibre:series"), old_meta(seen, "calibre:series_index")
    if name and (found[0] != name or float(found[1] or 0) != float(place or 0)):
        yield f"series: {found} instead of {(name, place)}"
    if not pathlib.Path(cover).is_file() or len(pathlib.Path(cover).read_bytes()) < len(picture) // 2:
        yield "no cover, or not the e-book's"
    if len(wanted) < 100:
        yield f"only {len(wanted)} words in the e-book"
    print(len(wanted), "words", end=", ")


if len(sys.argv) != 5:
    sys.exit(__doc__)
found = list(faults(*sys.argv[1:]))
print(*(found or ["none lost"]), sep="\n")
sys.exit(bool(found))

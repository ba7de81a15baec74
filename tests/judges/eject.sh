#!/usr/bin/env bash
# An ejected project must give the booklet that bookify gives: `eject.sh BOOKIFY DOSSIER`.
# The project is compiled by Typst's own Python binding with the fonts in the project alone;
# the page count, and the text as pdftotext reads it, must equal those of the built PDF.
set -euo pipefail
bookify=$(realpath "${1:?usage: eject.sh BOOKIFY DOSSIER}")
dossier=$(realpath "${2:?usage: eject.sh BOOKIFY DOSSIER}")
JUDGES=${JUDGES:-$HOME/.cache/bookify-judges}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$bookify" build "$dossier" --output built >build.log 2>&1 || { cat build.log; exit 1; }
"$bookify" eject "$dossier" project >eject.log 2>&1 || { cat eject.log; exit 1; }
mapfile -t built < <(find built -name '*.pdf')
[ ${#built[@]} = 1 ] || { echo "FAIL  bookify build wrote ${#built[@]} PDF files for one dossier: ${built[*]}"; exit 1; }

# Moved first: a project that reaches outside its folder does not compile here.
mkdir elsewhere
mv project elsewhere/project
"$JUDGES/bin/typst-py" elsewhere/project elsewhere/project/booklet.typ ejected.pdf elsewhere/project/fonts

# Debian 12's poppler grumbles at a /Suspects entry that ISO 32000 allows.
quiet() { "$@" 2> >(grep -v 'Suspects object is wrong type' >&2); }
pages() { quiet pdfinfo "$1" | awk '$1 == "Pages:" {print $2}'; }
quiet pdftotext "${built[0]}" built.txt
quiet pdftotext ejected.pdf ejected.txt
[ -s built.txt ] || { echo 'FAIL  the built PDF holds no text'; exit 1; }
[ "$(pages "${built[0]}")" = "$(pages ejected.pdf)" ] ||
  { echo "FAIL  built: $(pages "${built[0]}") pages; ejected: $(pages ejected.pdf) pages"; exit 1; }
diff -u built.txt ejected.txt | head -40
cmp built.txt ejected.txt
echo "ok    eject      $(basename "$dossier"): $(pages ejected.pdf) pages, $(wc -w <ejected.txt) words, equal"

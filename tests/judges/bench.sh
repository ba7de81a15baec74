#!/usr/bin/env bash
# Figures, not a test: how time and memory grow with the length of a dossier, and how a build compares
# with `typst compile` on the ejected project. Ratios of one run; quote medians.
#     bench.sh BOOKIFY DOSSIER.txt [TYPST]
set -euo pipefail
bookify=$(realpath "$1") dossier=$(realpath "$2") typst=${3:-typst}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

timed() { # LABEL COMMAND…: median wall seconds and peak memory of five runs
  local label=$1
  shift
  for _ in 1 2 3 4 5; do /usr/bin/time -f '%e %M' "$@" 2>&1 >/dev/null | tail -1; done | sort -n |
    awk -v label="$label" '{ wall[NR] = $1; peak[NR] = $2 } END { printf "%-28s %6.2f s %7.1f MiB\n", label, wall[3], peak[3] / 1024 }'
}

echo '== structure of long dossiers (each paragraph repeated)'
for megabytes in 1 5 10 50; do
  awk -v want=$((megabytes * 1000000)) -v have="$(wc -c <"$dossier")" '
    { print } length($0) > 200 { for (n = 1; n < want / have; n++) print $0 " " n }' "$dossier" >long.txt
  timed "$(wc -c <long.txt) bytes" "$bookify" inspect --json long.txt
done

if command -v "$typst" >/dev/null; then
  echo '== one dossier: build (PDF, EPUB, both checked) against typst compile'
  cp "$dossier" one.txt
  "$bookify" eject one.txt project 2>/dev/null
  timed 'bookify build' "$bookify" build -q one.txt
  timed 'bookify build --only pdf' "$bookify" build -q --only pdf one.txt
  timed 'typst compile' "$typst" compile --ignore-system-fonts --font-path project/fonts project/booklet.typ one.pdf
fi

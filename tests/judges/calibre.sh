#!/usr/bin/env bash
# Asks calibre about e-books: `calibre.sh BOOK.epub…`. Each is converted to AZW3, as a Kindle has it, and back to
# text: no word of the e-book may be lost. Its metadata must hold title, author, language, cover, and the series
# and the place in it where the e-book names them. A line a book; exit status 1 where anything is missing.
set -uo pipefail
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
export QTWEBENGINE_CHROMIUM_FLAGS=--no-sandbox
[ $# -gt 0 ] || { echo 'usage: calibre.sh BOOK.epub…' >&2; exit 64; }
for tool in ebook-convert ebook-meta python3; do
  command -v "$tool" >/dev/null || { echo "FAIL  calibre    - ($tool is not installed)"; exit 1; }
done
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CALIBRE_CONFIG_DIRECTORY=$work/config # the settings of whoever calls it do not count
failed=0
for book; do
  log=$work/log
  if ebook-convert "$book" "$work/book.azw3" >"$log" 2>&1 &&
    ebook-convert "$work/book.azw3" "$work/book.txt" --txt-output-encoding utf-8 >>"$log" 2>&1 &&
    ebook-meta "$book" --get-cover "$work/cover.jpg" --to-opf "$work/seen.opf" >>"$log" 2>&1 &&
    python3 "$here/calibre.py" "$book" "$work/book.txt" "$work/seen.opf" "$work/cover.jpg" >"$work/said" 2>&1; then
    printf 'ok    %-10s %s (%s)\n' calibre "$book" "$(cat "$work/said")"
  else
    failed=1
    printf 'FAIL  %-10s %s\n' calibre "$book"
    cat "$work/said" <(tail -5 "$log") 2>/dev/null | sed 's/^/        /'
  fi
  rm -f "$work"/book.* "$work"/cover.jpg "$work"/seen.opf "$work/said"
done
exit $failed

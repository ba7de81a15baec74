#!/usr/bin/env bash
# Holds every e-book and booklet in a folder against the outside judges: `judge.sh OUTPUT_DIR [pdf|epub|quick]`.
# One line a file and judge, then `N passed, M failed`. Exit status 1 where a judge finds anything, is missing,
# or where the folder has no file of a kind (of the kind that is named, where one is). Sheets for a printer
# (*.print.pdf, *.press.pdf) have no tags and claim no standard: they must be sound, with every font inside.
# With `quick` for a kind, e-books are not read in a browser from the first page to the last (foliate).
set -uo pipefail
shopt -s globstar nullglob
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=${1:?usage: judge.sh OUTPUT_DIR [pdf|epub|quick]}
kind=${2:-all}
JUDGES=${JUDGES:-$HOME/.cache/bookify-judges}
PATH=$JUDGES/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

books=() booklets=() sheets=() browsers=(ace foliate)
[ "$kind" != quick ] || browsers=(ace)
[ "$kind" = pdf ] || books=("$dir"/**/*.epub)
if [ "$kind" != epub ]; then
  for file in "$dir"/**/*.pdf; do
    case $file in
      *.print.pdf | *.press.pdf) sheets+=("$file") ;;
      *) booklets+=("$file") ;;
    esac
  done
fi

verdict() { # JUDGE FILE 0-OR-WHY LOG
  if [ "$3" = 0 ]; then
    passed=$((passed + 1))
    printf 'ok    %-10s %s\n' "$1" "$2"
  else
    failed=$((failed + 1))
    printf 'FAIL  %-10s %s (%s)\n' "$1" "$2" "$3"
    [ -z "$4" ] || head -40 "$4" | sed 's/^/        /'
  fi
}

# Reads the verdict of each file out of the log of a judge that took them all: WANTED lines `PASS … FILE` a file.
from_log() { # JUDGE WANTED LOG FILE…
  local judge=$1 wanted=$2 log=$3 file n
  shift 3
  for file; do
    n=$(awk -v file="$file" '$1 == "PASS" && index($0, file)' "$log" | wc -l)
    if [ "$n" = "$wanted" ]; then
      verdict "$judge" "$file" 0 ''
    else
      grep -v -e '^PASS' -e '^Messages: 0 fatals / 0 errors / 0 warnings' "$log" >"$work/findings.log"
      verdict "$judge" "$file" "$n of $wanted passed" "$work/findings.log"
    fi
  done
}

for judge in epubcheck ace foliate verapdf qpdf pdffonts pdftotext python3; do
  command -v "$judge" >/dev/null || verdict "$judge" - 'not installed: run tests/judges/install.sh' ''
done
[ "$kind" = pdf ] || [ ${#books[@]} -gt 0 ] || verdict epub "$dir" 'no e-book there' ''
[ "$kind" = epub ] || [ $((${#booklets[@]} + ${#sheets[@]})) -gt 0 ] || verdict pdf "$dir" 'no booklet there' ''
if [ "$failed" -gt 0 ]; then
  echo "$passed passed, $failed failed"
  exit 1
fi

# Ace and foliate drive a browser each: two books at once, on two cores.
browse() { # JUDGE BOOK NUMBER
  local booklet=${2%.epub}.pdf more=()
  [ "$1" != foliate ] || [ ! -e "$booklet" ] || more=(--pdf "$booklet" --shots none)
  timeout 300 "$1" "$2" "$work/$1.$3" "${more[@]}" >"$work/$1.$3.log" 2>&1
  echo $? >"$work/$1.$3.rc"
}
if [ ${#books[@]} -gt 0 ]; then
  epubcheck --failonwarnings "${books[@]}" >"$work/epubcheck.log" 2>&1
  from_log epubcheck 1 "$work/epubcheck.log" "${books[@]}"
  for judge in "${browsers[@]}"; do
    for i in "${!books[@]}"; do
      while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
      browse "$judge" "${books[$i]}" "$i" &
    done
  done
  wait
  for judge in "${browsers[@]}"; do
    for i in "${!books[@]}"; do verdict "$judge" "${books[$i]}" "$(sed 's/^[^0]/exit &/' "$work/$judge.$i.rc")" "$work/$judge.$i.log"; done
  done
fi
# Every page that an e-book lists, against its booklet, where that lies beside it.
for book in "${books[@]}"; do
  [ -e "${book%.epub}.pdf" ] || continue
  python3 "$here/pagelist.py" "$book" >"$work/pagelist.log" 2>&1
  verdict pagelist "$book" $? "$work/pagelist.log"
done
if [ ${#booklets[@]} -gt 0 ]; then
  verapdf -f ua1,2a "${booklets[@]}" >"$work/verapdf.log" 2>&1
  from_log verapdf 2 "$work/verapdf.log" "${booklets[@]}"
fi
for file in "${booklets[@]}" "${sheets[@]}"; do
  qpdf --check "$file" >"$work/qpdf.log" 2>&1
  verdict qpdf "$file" $? "$work/qpdf.log"
done

# pdffonts prints two lines of heading, then a line a font: … emb sub uni object ID
all_embedded() { # FILE
  pdffonts "$1" | awk 'NR > 2 { fonts++; if ($(NF - 4) != "yes") { print "not embedded: " $0; missing++ } }
    END { if (!fonts) print "no font at all"; exit !fonts || missing }'
}
for file in "${sheets[@]}"; do
  all_embedded "$file" >"$work/fonts.log" 2>&1
  verdict pdffonts "$file" $? "$work/fonts.log"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]

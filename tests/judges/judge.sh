#!/usr/bin/env bash
# Holds every e-book and booklet in a folder against the outside judges: `judge.sh OUTPUT_DIR [pdf|epub]`.
# One line a file and judge, then `N passed, M failed`. Exit status 1 where a judge finds anything, is missing,
# or where the folder has no file of a kind (of the kind that is named, where one is).
set -uo pipefail
shopt -s globstar nullglob
dir=${1:?usage: judge.sh OUTPUT_DIR [pdf|epub]}
kind=${2:-all}
JUDGES=${JUDGES:-$HOME/.cache/bookify-judges}
PATH=$JUDGES/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

books=() booklets=()
[ "$kind" = pdf ] || books=("$dir"/**/*.epub)
[ "$kind" = epub ] || booklets=("$dir"/**/*.pdf)

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

for judge in epubcheck ace foliate verapdf qpdf; do
  command -v "$judge" >/dev/null || verdict "$judge" - 'not installed: run tests/judges/install.sh' ''
done
[ "$kind" = pdf ] || [ ${#books[@]} -gt 0 ] || verdict epub "$dir" 'no e-book there' ''
[ "$kind" = epub ] || [ ${#booklets[@]} -gt 0 ] || verdict pdf "$dir" 'no booklet there' ''
if [ "$failed" -gt 0 ]; then
  echo "$passed passed, $failed failed"
  exit 1
fi

# Ace and foliate drive a browser each: two books at once, on two cores.
browse() { # JUDGE BOOK NUMBER
  timeout 300 "$1" "$2" "$work/$1.$3" >"$work/$1.$3.log" 2>&1
  echo $? >"$work/$1.$3.rc"
}
if [ ${#books[@]} -gt 0 ]; then
  epubcheck --failonwarnings "${books[@]}" >"$work/epubcheck.log" 2>&1
  from_log epubcheck 1 "$work/epubcheck.log" "${books[@]}"
  for judge in ace foliate; do
    for i in "${!books[@]}"; do
      while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
      browse "$judge" "${books[$i]}" "$i" &
    done
  done
  wait
  for judge in ace foliate; do
    for i in "${!books[@]}"; do verdict "$judge" "${books[$i]}" "$(sed 's/^[^0]/exit &/' "$work/$judge.$i.rc")" "$work/$judge.$i.log"; done
  done
fi
if [ ${#booklets[@]} -gt 0 ]; then
  verapdf -f ua1,2a "${booklets[@]}" >"$work/verapdf.log" 2>&1
  from_log verapdf 2 "$work/verapdf.log" "${booklets[@]}"
  for file in "${booklets[@]}"; do
    qpdf --check "$file" >"$work/qpdf.log" 2>&1
    verdict qpdf "$file" $? "$work/qpdf.log"
  done
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]

#!/usr/bin/env bash
# Figures, not a test: what a build costs beside typst and pandoc, what one costs that has little to do, and how
# time and memory grow.
#     bench.sh BOOKIFY [RUNS]
# $TYPST (or typst in PATH) must be the version that bookify is built on, 0.15.1; pandoc 3.9 is looked for in
# $JUDGES/bin and PATH (`pip install --target DIR pypandoc_binary` brings it). MANY (1000) dossiers are built at
# the end, MEGABYTES (1 5 10 50) long ones read. Two commands that are compared run in turns; a ratio is the
# median of the ratios of the pairs. On a machine with other work the seconds of the processors (user + system)
# say more than those of the clock.
set -euo pipefail
bookify=$(realpath "$1") runs=${2:-5} many=${MANY:-1000}
here=$(cd "$(dirname "$0")" && pwd)
typst=${TYPST:-typst}
export PATH=${JUDGES:-$HOME/.cache/bookify-judges}/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

measured() { # COMMAND: seconds of the clock, seconds of the processors, peak in KiB
  local said=$work/said
  rm -rf out
  /usr/bin/time -o figures -f '%e %U %S %M' bash -c "$1" >"$said" 2>&1 ||
    { echo "failed: $1" >&2; tail -5 "$said" >&2; exit 1; }
  awk '{ printf "%s %.2f %s\n", $1, $2 + $3, $4 }' figures
}

pair() { # LABEL COMMAND OTHER-LABEL COMMAND
  local run
  : >pairs
  for ((run = 0; run < runs; run++)); do
    export run
    echo "$(measured "$2") $(measured "$4")" >>pairs
  done
  awk -v one="$1" -v other="$3" '
    function median(values, n, a, b, kept) {
      for (a = 1; a <= n; a++) for (b = a + 1; b <= n; b++) if (values[b] < values[a]) { kept = values[a]; values[a] = values[b]; values[b] = kept }
      return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
    }
    function ratio(a, b) { return a / (b > 0.005 ? b : 0.005) }
    { wall[NR] = $1; cpu[NR] = $2; peak[NR] = $3; owall[NR] = $4; ocpu[NR] = $5; opeak[NR] = $6
      walls[NR] = ratio($1, $4); cpus[NR] = ratio($2, $5) }
    END {
      printf "%-34s %7.2f s  %7.2f s cpu  %6.0f MiB\n", one, median(wall, NR), median(cpu, NR), median(peak, NR) / 1024
      printf "%-34s %7.2f s  %7.2f s cpu  %6.0f MiB\n", other, median(owall, NR), median(ocpu, NR), median(opeak, NR) / 1024
      printf "%-34s %7.3f    %7.3f cpu\n\n", "  ratio, the first by the second", median(walls, NR), median(cpus, NR)
    }' pairs
}

alone() { # LABEL COMMAND: of as many runs as the others
  local run
  for ((run = 0; run < runs; run++)); do export run; measured "$2"; done | sort -n |
    awk -v label="$1" '{ wall[NR] = $1; cpu[NR] = $2; peak[NR] = $3 } END {
      m = int((NR + 1) / 2); printf "%-34s %7.2f s  %7.2f s cpu  %6.0f MiB\n", label, wall[m], cpu[m], peak[m] / 1024 }'
}

build="$bookify build --quiet --jobs 2"
python3 "$here/many.py" 12 twelve
echo "== medians of $runs runs; $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg)"

if command -v "$typst" >/dev/null; then
  compile="$typst compile --ignore-system-fonts"
  for text in twelve/*.txt; do
    name=$(basename "$text" .txt)
    "$bookify" eject "$text" "projects/$name" 2>/dev/null
  done
  echo "== against $("$typst" --version)"
  one="$compile --font-path projects/film-0000/fonts projects/film-0000/booklet.typ one.pdf"
  pair 'one: PDF, EPUB, checked' "$build --no-cache twelve/film-0000.txt --output out" 'one: typst compile' "$one"
  pair 'one: PDF, checked' "$build --no-cache --only pdf twelve/film-0000.txt --output out" 'one: typst compile' "$one"
  twelve="for project in projects/*; do $compile --font-path \$project/fonts \$project/booklet.typ one.pdf; done"
  pair 'twelve, 2 jobs' "$build --no-cache --sources twelve --output out" 'twelve typst compile in turn' "$twelve"
else
  echo "NOT MEASURED: no typst here; set TYPST"
fi

if command -v pandoc >/dev/null && command -v "$typst" >/dev/null; then
  echo "== against $(pandoc --version | head -1), the dossiers in the reviewed form"
  mkdir reviewed
  for text in twelve/*.txt; do "$bookify" normalize "$text" -o "reviewed/$(basename "$text" .txt).md" 2>/dev/null; done
  export PATH=$PATH:$(dirname "$(command -v "$typst")")
  each='for text in reviewed/*.md; do pandoc $text --pdf-engine=typst -o one.pdf; pandoc $text -o one.epub; done'
  pair 'twelve, 2 jobs' "$build --no-cache --sources reviewed --output out" 'twelve pandoc, PDF and EPUB' "$each"
else
  echo 'NOT MEASURED: no pandoc here'
fi

echo '== what little there is to do'
$build --sources twelve --output standing --cache cache
pair 'twelve, nothing changed' "$build --sources twelve --output standing --cache cache" \
  'twelve, all anew' "$build --no-cache --sources twelve --output out"
cp -r twelve changing
$build --sources changing --output changed --cache cache
pair 'one changed of twelve' "echo \"It ran \$run times.\" >>changing/film-0003.txt; $build --sources changing --output changed --cache cache" \
  'that one alone' "$build --no-cache changing/film-0003.txt --output out"
pair 'twelve from the cache' "$build --sources twelve --output out --cache cache" \
  'twelve, all anew' "$build --no-cache --sources twelve --output out"

echo "== $many, and twelve of them, made before and after: a machine is not as fast from one minute to the next"
python3 "$here/many.py" "$many" many
mkdir twelve-of-many
cp many/season.yaml twelve-of-many
for ((film = 0; film < 12; film++)); do cp -r many/"$(printf 'film-%04d' $((film * many / 12)))"* twelve-of-many; done
runs=1
anew() { # SEASON
  rm -rf cache standing
  alone "$1: anew, cache filled" "$build --sources $1 --output standing --cache cache"
  awk -v count="$(find "$1" -name '*.txt' | wc -l)" '
    { printf "%-34s %7.3f s  %7.3f s cpu\n", "  a dossier", $1 / count, ($2 + $3) / count }' figures
}
anew twelve-of-many
anew twelve-of-many
anew many
alone 'many: nothing changed' "$build --sources many --output standing --cache cache"
alone 'many: from the cache' "$build --sources many --output out --cache cache"
anew twelve-of-many
anew twelve-of-many

echo '== long dossiers (each paragraph repeated), read'
runs=3
for megabytes in ${MEGABYTES:-1 5 10 50}; do
  awk -v want=$((megabytes * 1000000)) -v have="$(wc -c <twelve/film-0000.txt)" '
    { print } length($0) > 200 { for (n = 1; n < want / have; n++) print $0 " " n }' twelve/film-0000.txt >long.txt
  alone "$(wc -c <long.txt) bytes" "$bookify inspect --json long.txt"
done

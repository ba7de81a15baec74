#!/usr/bin/env bash
# Whether a season that is shared out comes to what one build gives, by the commands that stand in README.md under
# "Many dossiers, many machines": first over several folders with one cache, then in the jobs of a matrix, each
# with a cache of its own.
#     shared.sh BOOKIFY SOURCES
set -euo pipefail
bookify=$(realpath "$1") sources=$(realpath "$2")
readme=$(cd "$(dirname "$0")/../.." && pwd)/README.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir bin
ln -s "$bookify" bin/bookify
export PATH=$work/bin:$PATH

fail() {
  echo "FAIL $*"
  exit 1
}

commands() { # NUMBER: that block of commands
  awk -v wanted="$1" '
    /^## / { within = /^## Many dossiers, many machines$/ }
    within && /^```/ { if (open) open = 0; else if (/^```sh$/) { open = 1; block++ } next }
    within && open && block == wanted' "$readme"
}

checkout() { # FOLDER
  mkdir -p "$1"
  cp -r "$sources" "$1/sources"
}

run() { # FOLDER NUMBER
  [ -n "$(commands "$2")" ] || fail "README.md has no block of commands number $2 about many machines"
  (cd "$1" && bash -euo pipefail -c "$(commands "$2")") || fail "block $2 of README.md ends with $?"
}

all_cached() { # FOLDER CACHE
  (cd "$1" && bookify plan --json --cache "$2") | python3 -c '
import json, sys
units = json.load(sys.stdin)["units"]
missing = [unit["slug"] for unit in units if not unit["cached"]]
sys.exit(f"not in the cache: {missing}" if missing or not units else 0)'
}

same() { # FOLDER
  diff -r --exclude=lock whole/output "$1/output" || fail "$1: other outputs than those of one build"
}

checkout whole
(cd whole && bookify build --quiet --no-cache)

checkout one
CACHE=$work/shared run one 1
all_cached one "$work/shared"
same one
echo "shared out over $(find one/parts -mindepth 1 -maxdepth 1 -type d | wc -l) folders: the same outputs"

# The line that README.md has for GNU parallel does what the one with xargs does.
parallel --version 2>/dev/null | grep -q '^GNU parallel' || fail "GNU parallel is not installed"
checkout other
(cd other && cp ../one/films.txt . &&
  CACHE=$work/other-cache bash -euo pipefail -c "$(commands 1 | sed -n 's/^# parallel/parallel/p')")
all_cached other "$work/other-cache"
echo 'and by GNU parallel'

jobs=3 pids=()
for ((job = 0; job < jobs; job++)); do
  checkout "job-$job"
  JOB=$job JOBS=$jobs run "job-$job" 2 &
  pids+=($!)
done
for pid in "${pids[@]}"; do wait "$pid" || fail 'a job of the matrix fails'; done
checkout last
mkdir last/caches
for ((job = 0; job < jobs; job++)); do mv "job-$job/cache" "last/caches/$job"; done
run last 3
all_cached last cache
same last
echo "shared out among $jobs jobs of a matrix: the same outputs"
echo 'PASS'

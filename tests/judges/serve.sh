#!/usr/bin/env bash
# Starts `bookify serve` on a copy of the sample season and has `serve-page` look at it while a word changes; then
# Ctrl-C: `serve.sh BOOKIFY [MOST_MS] [PICTURES_DIR]`. A word may take MOST_MS (1000) to the screen at the median.
set -euo pipefail
bookify=$(realpath "${1:?usage: serve.sh BOOKIFY [MOST_MS] [PICTURES_DIR]}")
most=${2:-1000}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=${JUDGES:-$HOME/.cache/bookify-judges}/bin:$PATH
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -KILL "$server" 2>/dev/null; rm -rf "$work"' EXIT
pictures=${3:-$work/pictures}
cp -r "$here/../../sources" "$work/sources"
cd "$work"
# a background job ignores Ctrl-C, unless it has a group of its own
set -m
"$bookify" serve --port 0 --quiet --cache "$work/cache" >address 2>errors &
server=$!
set +m
for _ in $(seq 600); do
  [ ! -e output/index.html ] || break
  sleep 0.1
done
address=$(cut -d' ' -f1 address)
[ -e output/index.html ] || { echo "nothing was built in 60 seconds:" && cat errors && exit 1; } >&2
serve-page "$address" the-general sources/the-general.txt "$pictures" "$most"
kill -INT "$server"
for _ in $(seq 20); do
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
! kill -0 "$server" 2>/dev/null || { echo 'Ctrl-C does not end it within two seconds' >&2; exit 1; }
wait "$server" || { echo "it ends with status $?" >&2; exit 1; }
server=
left=$(find output -name '.bookify-*' -o -name '*.part')
[ -z "$left" ] || { echo "left half written: $left" >&2; exit 1; }

#!/usr/bin/env bash
# Holds a season's page, feeds and dates against outside judges: `catalogue.sh OUTPUT_DIR [PICTURES_DIR]`.
# The Nu checker reads the page's HTML and CSS, `season-page` works it in Chromium, `season-feeds` reads the rest.
set -uo pipefail
dir=${1:?usage: catalogue.sh OUTPUT_DIR [PICTURES_DIR]}
PATH=${JUDGES:-$HOME/.cache/bookify-judges}/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pictures=${2:-$work/pictures}
passed=0 failed=0

judge() { # NAME COMMAND…
  local name=$1 status
  shift
  "$@" >"$work/log" 2>&1
  status=$?
  if [ $status = 0 ]; then
    passed=$((passed + 1))
    printf 'ok    %-12s %s\n' "$name" "$dir"
  else
    failed=$((failed + 1))
    printf 'FAIL  %-12s %s (exit %s)\n' "$name" "$dir" "$status"
    head -40 "$work/log" | sed 's/^/        /'
  fi
}

# The checker of 2026 takes every picture and script that a policy allows for one that it forbids, whatever the
# policy says; what the policy does is seen in Chromium, where a forbidden picture is an error on the console.
html() {
  nu --filterpattern '.*violates Content Security Policy.*' --Werror "$dir/index.html"
}

judge nu html
judge season-page season-page "$dir" "$pictures"
judge season-feeds season-feeds "$dir"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]

#!/usr/bin/env bash
# Whether a season survives what happens to computers: builds that are killed, two builds at once, full disks.
# What is promised: every file is whole at any moment, and from the next build on every film's files are all
# old or all new; a build that ends leaves the whole new season.
#     killed.sh BOOKIFY SOURCES [KILLS]
# A check that cannot run fails. SEED draws other moments.
set -euo pipefail
bookify=$(realpath "$1") sources=$(realpath "$2") kills=${3:-50}
seed=${SEED:-1931}
work=$(mktemp -d)
full=$work/full
trap '! mountpoint -q "$full" || umount "$full"; rm -rf "$work"' EXIT
cd "$work"
faults=0

fault() {
  echo "FAIL $*"
  faults=$((faults + 1))
}

build() { # SEASON OUTPUT OPTIONS…
  "$bookify" build --quiet --sources "$1" --output "$2" "${@:3}"
}

become_build() { # the same in the background: the process to be killed is the program, no shell around it
  exec "$bookify" build --quiet --sources "$1" --output "$2" "${@:3}"
}

# The new season has another word in every dossier.
cp -r "$sources" old-sources
cp -r "$sources" new-sources
films=()
for text in new-sources/*.txt; do
  sed -i 's/ and / as well as /' "$text"
  ! cmp -s "$text" "old-sources/${text##*/}" || fault "no word of $text could be changed"
  text=${text##*/}
  films+=("${text%.txt}")
done

milliseconds() { # COMMAND…
  local from=${EPOCHREALTIME/./}
  "$@"
  echo $(((${EPOCHREALTIME/./} - from) / 1000))
}

build old-sources old --cache warm
anew=$(milliseconds build new-sources new --no-cache)
build new-sources warmed --cache warm
rm -r warmed
recalled=$(milliseconds build new-sources warmed --cache warm)
diff -r --exclude=lock new warmed || fault 'the cache gives another season'
echo "${#films[@]} films; a build takes $anew ms, from the cache $recalled ms"

sums_of() { # FOLDER FILM: as they should be
  grep -F "  $2." "$1/SHA256SUMS" | grep -v /
}

# old, new, mixed (each file is whole) or torn; where a file is missing, sha256sum fails and the sums are neither
state() { # FOLDER FILM
  local now
  now=$(sums_of old "$2" | cut -c67- | (cd "$1" && xargs -d '\n' sha256sum 2>&1) || true)
  if [ "$now" = "$(sums_of old "$2")" ]; then
    echo old
  elif [ "$now" = "$(sums_of new "$2")" ]; then
    echo new
  elif grep -qvxFf <(sums_of old "$2" && sums_of new "$2") <<<"$now"; then
    echo torn
  else
    echo mixed
  fi
}

states() { # FOLDER: how many films are in each state
  for film in "${films[@]}"; do state "$1" "$film"; done | sort | uniq -c | awk '{ printf "%s %s  ", $1, $2 }'
}

whole() { # FOLDER WHAT: old or new film by film, and all sums are right
  ! grep -qE 'mixed|torn' <<<"$(states "$1")" || fault "$2: $(states "$1")"
  (cd "$1" && sha256sum --quiet -c SHA256SUMS) || fault "$2: the sums do not verify"
}

is_new() { # FOLDER WHAT
  diff -r --exclude=lock new "$1" || fault "$2: not the new season"
  [ -z "$(find "$1" -name 'staging-*')" ] || fault "$2: something is left behind"
}

echo "== $kills builds are killed (seed $seed)"
RANDOM=$seed
middle=0 unfinished=0 mixed=0 torn=0 failures=0
for ((n = 0; n < kills; n++)); do
  rm -rf out cold
  cp -a old out
  case $((n / 2 % 3)) in
    0) way=(--cache warm) most=$recalled ;;
    1) way=(--no-cache) most=$anew ;;
    2) way=(--cache cold) most=$anew ;;
  esac
  pids=() fates=()
  { # the shell tells of every process that is killed
    for ((builds = n % 5 == 4 ? 2 : 1; builds > 0; builds--)); do
      become_build new-sources out "${way[@]}" &
      pids+=($!)
    done
    for pid in "${pids[@]}"; do
      sleep "$(awk -v most="$most" -v any="$RANDOM" 'BEGIN { print most / 1000 * any / 32768 / '${#pids[@]}' }')"
      kill -KILL "$pid" 2>/dev/null || true
    done
    for pid in "${pids[@]}"; do
      status=0
      wait "$pid" || status=$?
      fates+=("$status")
    done
  } 2>/dev/null
  for status in "${fates[@]}"; do [ "$status" != 137 ] || middle=$((middle + 1)); done
  before=$faults
  seen=$(states out)
  if grep -q torn <<<"$seen"; then
    torn=$((torn + 1))
    fault "kill $n (${way[*]}): a file is neither old nor new: $seen"
  fi
  if grep -q mixed <<<"$seen"; then
    # killed between two renames: the journal is there, and the next build goes on
    unfinished=$((unfinished + 1))
    [ -n "$(find out/.bookify -name commit.json)" ] || fault "kill $n: a film is mixed and nothing tells of it"
  fi
  # every other time, the next build is one of a single film: the others are what the killed one made of them
  if ((n % 2)); then
    build new-sources out "${way[@]}" "${films[n % ${#films[@]}]}" || failures=$((failures + 1))
    ! grep -qE 'mixed|torn' <<<"$(states out)" || mixed=$((mixed + 1))
    whole out "kill $n, the next build"
  fi
  if [ "${way[0]}" = --no-cache ]; then way=(--cache warm); fi
  build new-sources out "${way[@]}" || failures=$((failures + 1))
  is_new out "kill $n (${way[*]})"
  (cd out && sha256sum --quiet -c SHA256SUMS) || fault "kill $n: the sums do not verify"
  [ $faults = "$before" ] || echo "kill $n: right after it: $seen"
done
echo "$kills kills, $middle builds in the middle; films between two renames after $unfinished kills;" \
  "torn files $torn, films mixed after the next build $mixed, next builds that failed $failures"
[ $middle -gt 0 ] || fault 'no build was killed in the middle'
[ $failures = 0 ] || fault "$failures builds after a kill failed"

echo '== two builds of different seasons at once'
for round in 1 2 3; do
  rm -rf out cold
  for season in old new; do
    become_build $season-sources out --cache cold &
    eval "$season=$!"
  done
  # shellcheck disable=SC2154 # `eval` sets them
  wait "$old" || fault "round $round: the old season's build fails"
  # shellcheck disable=SC2154
  wait "$new" || fault "round $round: the new season's build fails"
  whole out "round $round"
  echo "round $round: $(states out)"
  build new-sources out --cache cold
  is_new out "round $round"
done

disk() { # SIZE: a disk that is full when it holds so much
  mkdir -p "$full"
  if mountpoint -q "$full"; then mount -o "remount,size=$1" "$full"; else mount -t tmpfs -o "size=$1" tmpfs "$full"; fi
}

echo '== a full disk'
# the old season fits, but no film beside it
kilobytes=$(($(du -sk old | cut -f1) + 100))
if disk "${kilobytes}k" 2>/dev/null; then
  cp -a old "$full/out"
  status=0
  build new-sources "$full/out" --cache warm 2>said || status=$?
  [ $status = 1 ] || fault "the build on a full disk ends with $status"
  grep -q 'no room left' said || fault "the build on a full disk does not say so: $(head -5 said)"
  ln -s "$full/out" onto
  whole onto 'on the full disk'
  echo "on the full disk: $(states onto)"
  disk $((kilobytes * 4))k
  build new-sources "$full/out" --cache warm
  is_new "$full/out" 'after room was made'
  rm -r "$full/out" onto
  disk 200k
  rm -rf out
  build new-sources out --cache "$full/cache" 2>said || fault 'a full cache makes the build fail'
  grep -q 'nothing can be kept in the cache' said || fault "a full cache is not told of: $(tail -5 said)"
  is_new out 'with a full cache'
  echo 'with a full cache: the new season, and a warning'
else
  fault 'no disk of a given size can be had here (mount -t tmpfs): not checked'
fi

[ $faults = 0 ] || { echo "$faults faults"; exit 1; }
echo 'PASS'

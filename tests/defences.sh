#!/usr/bin/env bash
# Takes away one defence after the other and sees that the tests of its row of docs/known-failures.md turn red: each
# tests/defences/row-*.patch removes one from the product, and says which tests are to notice. From any directory.
# Arguments are the rows to try, all of them by default: tests/defences.sh 9 34
# It works on a copy of the files that Git knows. It needs what tests/run.sh installs, and takes a build and a test run for each row.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en NO_COLOR=1

# What Microsoft.Testing.Platform answers where tests failed, and where none ran.
readonly some_failed=2 none_ran=8

# In seconds: what hangs is no answer.
readonly longest_build=600 longest_run=300

# Where the tests of all rows are.
readonly project=tests/Pat.Security.Tests

copy=$(mktemp --directory)
trap 'rm -rf -- "$copy"' EXIT
git ls-files -z | xargs --null cp --parents --target-directory="$copy" --
cd -- "$copy"
output=$copy/output.txt
: >"$output"

# Git takes the copy for itself, not for a part of a repository that it happens to be in.
export GIT_CEILING_DIRECTORIES=${copy%/*}

# A line of a patch's head: what stands before the changes.
field() {
  sed --quiet --expression='/^diff /q' --expression="s/^$2: //p" -- "$1"
}

# Options of the build may follow.
build() {
  timeout --kill-after=10 "$longest_build" dotnet build "$project" --nologo --verbosity quiet "$@" >"$output" 2>&1 </dev/null
}

# Runs the tests whose names match one of the patterns.
run_tests() {
  local pattern filters=()
  for pattern; do
    filters+=(--filter-method "$pattern")
  done

  timeout --kill-after=10 "$longest_run" dotnet test --project "$project" --no-build "${filters[@]}" >"$output" 2>&1 </dev/null
}

count() {
  awk -v name="$1:" '$1 == name && $2 ~ /^[0-9]+$/ { value = $2 } END { print value + 0 }' "$output"
}

fail() {
  echo "$1" >&2
  tail --lines=30 -- "$output" >&2
  exit 1
}

# Takes a defence away and says what became of its tests. Succeeds where they turned red.
turns_red() {
  local patch=$1 pattern status=0
  pattern=$(field "$patch" Tests)
  if ! git apply "$patch" 2>"$output"; then
    verdict="the patch does not fit the sources any more: $(head --lines=1 -- "$output")"
    return 1
  fi

  if ! build --no-restore; then
    git apply --reverse "$patch"
    verdict="it does not build: $(grep --max-count=1 --only-matching 'error .*' -- "$output" || echo 'no error was named, or it took too long')"
    return 1
  fi

  run_tests "$pattern" || status=$?
  git apply --reverse "$patch"
  case $status in
    "$some_failed")
      verdict="$(count failed) of $(count total) failed"
      [[ $(count failed) -gt 0 ]]
      ;;
    0) verdict="all $(count total) passed"; return 1 ;;
    "$none_ran") verdict="no test is called $pattern"; return 1 ;;
    124 | 137) verdict="the tests did not end within $longest_run s"; return 1 ;;
    *) verdict="the tests ended with $status"; return 1 ;;
  esac
}

rows=("$@")
if [[ ${#rows[@]} -eq 0 ]]; then
  for patch in tests/defences/row-*.patch; do
    row=${patch#tests/defences/row-}
    rows+=("${row%%-*}")
  done
fi

patches=()
patterns=()
for row in "${rows[@]}"; do
  [[ $row =~ ^[0-9]+$ ]] && patch=$(compgen -G "tests/defences/row-$(printf %02d "$((10#$row))")-*.patch") || fail "There is no patch of row $row."
  patches+=("$patch")
  patterns+=("$(field "$patch" Tests)")
done

# With all defences in place the same tests pass, or what they say without one means nothing.
build || fail "The tests do not build as they are."
run_tests "${patterns[@]}" || fail "Some of the tests fail as it is."
echo "The $(count total) tests pass as it is."

red=0
not_red=()
for patch in "${patches[@]}"; do
  row=${patch#tests/defences/row-}
  row=${row%%-*}
  if turns_red "$patch"; then
    red=$((red + 1))
    colour=red
  else
    not_red+=("$((10#$row))")
    colour='NOT RED'
  fi

  printf '%2d  %-7s  %s (%s)\n' "$((10#$row))" "$colour" "$(field "$patch" "Row $((10#$row))")" "$verdict"
done

if [[ ${#not_red[@]} -gt 0 ]]; then
  echo "Not red: ${not_red[*]}"
fi

echo "$red of ${#patches[@]} turned red"
[[ $red -eq ${#patches[@]} ]]

#!/usr/bin/env bash
# Changes the product in one small place after the other and counts the changes that its tests notice (mutation testing, by
# Stryker.NET): at least 90 of 100 in each area. docs/mutation.md has the results. From any directory.
# Arguments are the areas, all of them by default: tests/mutation.sh format hashing
# Where tests were added and nothing else: tests/mutation.sh --again format tests only what the last run did not kill. Removals of
# blocks that it tested stay as it judged them.
# It works on a copy of the files that Git knows, and leaves its reports in artifacts/mutation. It needs what tests/run.sh installs.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en NO_COLOR=1 MSBUILDDISABLENODEREUSE=1

# What analyzers say was said when the sources were built as they are.
export RunAnalyzers=false

# Seconds that a test waits for what a change may have prevented, and that it may take in all: less than additional-timeout, so that
# it is the test that fails.
export PAT_TEST_DEADLINE=15 PAT_TEST_LIMIT=30

again=false
if [[ "${1:-}" == --again ]]; then
  again=true
  shift
fi

reports=$PWD/artifacts/mutation
copy=$(mktemp --directory)
trap 'rm -rf -- "$copy"' EXIT
git ls-files -z | xargs --null cp --parents --target-directory="$copy" --
cd -- "$copy"

# Tests one pass's mutants. Its number is the report's name.
pass() {
  local project=$1 config=$2 to=$3
  if ! (cd -- "src/$project" && dotnet stryker --config-file "$config" --output "$to" --skip-version-check) >"$to.log" 2>&1 </dev/null; then
    echo "Stryker failed:" >&2
    tail --lines=30 -- "$to.log" >&2
    exit 1
  fi
}

# The project, the folder of the area, and the tests that are run again and again: paths in any of the test projects, each with a
# wildcard in it, since MSBuild takes a path without one for a file that is there.
judge() {
  local area=$1 project=$2 folder=$3 done=()
  export PatMutationTests=$4
  local to=$reports/$area config=../../tests/mutation/$area.json
  if $again; then
    local last=("$to"/*/reports/mutation-report.json)
    if [[ ! -f "${last[0]}" ]]; then
      echo "There is no report of an earlier run in $to: leave --again out." >&2
      exit 1
    fi

    for ((number = 1; number <= ${#last[@]}; number++)); do
      done+=("$to/$number/reports/mutation-report.json")
    done
    config=../../tests/mutation/left.json
    /usr/bin/python3 tests/mutation/report.py left "tests/mutation/$area.json" "$folder" "${done[@]}" >tests/mutation/left.json
    if [[ ! -s tests/mutation/left.json ]]; then
      echo "Nothing but removals of blocks is left of $area." >&2
      /usr/bin/python3 tests/mutation/report.py score "$folder" "${done[@]}"
      return
    fi
  else
    rm -rf -- "$to"
    mkdir --parents -- "$to"
  fi

  while true; do
    local number=$((${#done[@]} + 1))
    pass "$project" "$config" "$to/$number"
    done+=("$to/$number/reports/mutation-report.json")

    # Stryker tests no removal of a block where it tests something in it: those are passes of their own, from within outwards.
    /usr/bin/python3 tests/mutation/report.py blocks "tests/mutation/$area.json" "$folder" "${done[@]}" >tests/mutation/blocks.json || exit 1
    [[ -s tests/mutation/blocks.json ]] || break
    config=../../tests/mutation/blocks.json
  done

  /usr/bin/python3 tests/mutation/report.py score "$folder" "${done[@]}" | tee -- "$to/score.txt"
}

areas=("$@")
if [[ ${#areas[@]} -eq 0 ]]; then
  areas=(format hashing authorization verification)
fi

for area in "${areas[@]}"; do
  if [[ ! -f tests/mutation/$area.json ]]; then
    echo "There is no area $area: use format, hashing, authorization, verification." >&2
    exit 1
  fi
done

dotnet tool restore >/dev/null
status=0
for area in "${areas[@]}"; do
  case $area in
    format) judge "$area" Pat.Core Format 'Format/**/*Tests.cs;Row18*.cs;Row19*.cs' || status=1 ;;
    hashing) judge "$area" Pat.Core Hashing 'Hashing/**/*Tests.cs' || status=1 ;;
    authorization)
      judge "$area" Pat.AspNetCore Authorization \
        'Authorization/**/*Tests.cs;Endpoints/DiagnosticsTest?.cs;Endpoints/ManagementAccessTest?.cs;Endpoints/ManagementMappingTest?.cs;Endpoints/ManagementSelfTest?.cs;Row01*.cs;Row02*.cs;Row03*.cs;Row04TokenMintsTokenTest?.cs;Row05*.cs;Row21*.cs;Row23*.cs;Row29*.cs;Row31*.cs' || status=1
      ;;
    verification) judge "$area" Pat.Core Verification 'Verification/**/*Tests.cs;Row08*.cs;Row09*.cs;Row10*.cs;Row11RotationWithoutEndTest?.cs;Row15*.cs;Row16*.cs;Row30OutageAs401Test?.cs;Row33*.cs;Row34*.cs' || status=1 ;;
  esac
done

exit "$status"

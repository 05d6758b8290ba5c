#!/usr/bin/env bash
# Runs each benchmark in its quick form, only to see that it still works: the figures mean nothing. Needs what tests/run.sh
# installs; `kestrel` and `abuse` are left out, and it says so, where wrk is missing. In the configuration that the tests were built in, to build no second one.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en NO_COLOR=1

dotnet build tests/Pat.Benchmarks --verbosity quiet
output=$(mktemp --directory)
trap 'rm -rf -- "$output"' EXIT

names=(scale pipeline coldstart first reject parts statements memory)
if command -v wrk >/dev/null; then
  names+=(kestrel abuse)
else
  echo "wrk is not installed: kestrel and abuse were not run."
fi

# Two at once, since nothing is measured.
quick() {
  dotnet run --no-build --project tests/Pat.Benchmarks -- "$1" --quick >"$output/$1" 2>&1 </dev/null || status=$?
  cat -- "$output/$1"
  return "${status:-0}"
}
export output
export -f quick
printf '%s\n' "${names[@]}" | xargs -n 1 -P 2 bash -c 'quick "$0"'

dotnet run --no-build --project tests/Pat.Benchmarks -- plots --to "$output/plots"

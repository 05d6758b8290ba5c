#!/usr/bin/env bash
# Runs each benchmark in its quick form, only to see that it still works: the figures mean nothing. Needs what tests/run.sh
# installs; `kestrel` and `abuse` are left out, and it says so, where wrk is missing. In the configuration that the tests were built in, to build no second one.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en NO_COLOR=1

dotnet build tests/Pat.Benchmarks --verbosity quiet
benchmark() {
  dotnet run --no-build --project tests/Pat.Benchmarks -- "$@"
}

for name in pipeline parts first reject coldstart statements memory scale; do
  benchmark "$name" --quick
done

if command -v wrk >/dev/null; then
  benchmark kestrel --quick
  benchmark abuse --quick
else
  echo "wrk is not installed: kestrel and abuse were not run."
fi

plots=$(mktemp --directory)
trap 'rm -rf -- "$plots"' EXIT
benchmark plots --to "$plots"

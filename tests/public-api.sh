#!/usr/bin/env bash
# Brings PublicAPI.Unshipped.txt of each project under src up to what it has now, from any directory: look at the difference,
# then commit it. Arguments are the projects to look at, all of them by default: tests/public-api.sh Pat.Client
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../src"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en LC_ALL=C

projects=("$@")
[[ ${#projects[@]} -gt 0 ]] || projects=(Pat.*)

output=$(mktemp)
trap 'rm -f -- "$output"' EXIT

# What the analyzer says of a project by one of its rules, a symbol a line. RS0016: it isn't listed. RS0017: it is listed, and gone.
symbols() {
  sed --quiet --regexp-extended "s/^.*(warning|error) $1: Symbol '(.*)' is .*\\[.*\\/$2\\.csproj\\]\$/\\2/p" -- "$output" | sort --unique
}

for project in "${projects[@]}"; do
  listing=$project/PublicAPI.Unshipped.txt
  touch -- "$listing" # A build without changes would say nothing.
  dotnet build "$project" --nologo -nodeReuse:false -p:TreatWarningsAsErrors=false >"$output" 2>&1 </dev/null ||
    { tail --lines=20 -- "$output" >&2; exit 1; }
  {
    echo '#nullable enable'
    { sed 1d -- "$listing"; symbols RS0016 "$project"; } | grep --line-regexp --fixed-strings --invert-match --file=<(symbols RS0017 "$project") | sort --unique || true
  } >"$listing.new"
  mv -- "$listing.new" "$listing"
  echo "$project: $(($(wc --lines <"$listing") - 1)) members not shipped yet"
done

#!/usr/bin/env bash
# Uses the packages as others do, with no project of this repository at hand: tests/consumers.py says what it makes and asks. From any
# directory. An argument is a folder of packages to use, as tests/packages.sh fills one; without it they are packed first. Further ones
# are the applications to make (template, clone, minimal, mvc, openapi, testing, nodes, readmes, ahead), all by default. Needs Python 3, curl, gcc or clang, PostgreSQL, Redis, and a
# source of packages for all that is not Pat's. With packages at hand it takes eight minutes on two busy cores.
set -euo pipefail

packages=${1:+$(realpath -- "$1")}
shift || true
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en NO_COLOR=1

scratch=$(mktemp --directory)
trap 'rm -rf -- "$scratch"' EXIT

if [[ -z $packages ]]; then
  packages=$scratch/packages
  dotnet msbuild src/Packages.proj -p:PackageOutputPath="$packages" -nologo -verbosity:quiet -nodeReuse:false </dev/null
fi

python3 tests/consumers.py "$packages" "$scratch/applications" "$@"

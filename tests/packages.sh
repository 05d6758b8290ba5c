#!/usr/bin/env bash
# Packs every package, and looks at what came of it: tests/packages.py says what it looks for. From any directory.
# An argument is a folder to put the packages into once all is well: tests/packages.sh /tmp/pat
# It packs a copy of the files that Git knows, and once more a copy in another place, to see that the same comes of both, byte for byte. The
# files in the packages have the date of the commit.
set -euo pipefail

target=${1:+$(realpath -- "$1")}
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en NO_COLOR=1

SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

scratch=$(mktemp --directory)
trap 'rm -rf -- "$scratch"' EXIT

pack() {
  local copy=$1 packages=$2
  mkdir --parents -- "$copy"
  git ls-files -z --cached --others --exclude-standard | xargs --null cp --parents --target-directory="$copy" --
  cp --recursive -- "$(git rev-parse --git-common-dir)" "$copy/.git"
  dotnet msbuild "$copy/src/Packages.proj" -p:PackageOutputPath="$packages" -nologo -verbosity:quiet -nodeReuse:false </dev/null
}

pack "$scratch/copy" "$scratch/packages"
pack "$scratch/another/copy" "$scratch/again"
python3 tests/packages.py "$scratch/copy" "$scratch/packages" "$scratch/again"

if [[ -n $target ]]; then
  mkdir --parents -- "$target"
  cp -- "$scratch"/packages/* "$target"
  echo "They are in $target"
fi

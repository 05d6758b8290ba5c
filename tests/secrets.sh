#!/usr/bin/env bash
# Runs the whole suite with every .NET process in it listened to at Trace (logs, activities, metrics, exceptions as they are
# thrown, diagnostic events, output, refusals), and looks through all that for the secrets that were made meanwhile.
# From any directory. Arguments go to `dotnet test`, as with tests/run.sh; PAT_CAPTURE can name a directory that is to keep what was heard.
# It works on a copy of the files that Git knows, in which every new secret is noted (tests/Pat.Secrets/recorded.patch).
# It needs what tests/run.sh installs, and longer than that takes.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en NO_COLOR=1

# What listening changes: these measure what a request allocates, or send many thousands of requests.
readonly measuring=('*AllocationTests' '*FormatParsingCostTests' '*Row20SlowHashAsLeverTests' '*.StatementTests')

# What says secrets aloud, to see that they are heard; what sees that the patch fits, which is applied here; and what sees that no
# bytes of a secret are left in memory, where this notes them.
readonly about_this=('*CapturedProcessTests' '*RecordedPatchTests' '*ClearedBufferTests')

# What sends a token in an address, to see that it is not read there. ASP.NET Core writes addresses into its logs (docs/security.md).
readonly in_addresses=('*Row_21_a_token_in_the_url_is_never_read' '*The_error_page_sees_nobody_where_an_event_supplied_the_token')

scratch=$(mktemp --directory)
trap 'rm -rf -- "$scratch"' EXIT
capture=$(realpath --canonicalize-missing -- "${PAT_CAPTURE:-$scratch/capture}")
unset PAT_CAPTURE
mkdir --parents "$capture" "$scratch/sources"
if [[ -n $(ls --almost-all -- "$capture") ]]; then
  echo "$capture is not empty: what an earlier run left there would be scanned again." >&2
  exit 1
fi

git ls-files -z | xargs --null cp --parents --target-directory="$scratch/sources" --
cd -- "$scratch/sources"

# Git takes the copy for itself, not for a part of a repository that it happens to be in.
export GIT_CEILING_DIRECTORIES=$scratch
git apply tests/Pat.Secrets/recorded.patch
dotnet build tests/Pat.Secrets --nologo --verbosity quiet

filters=()
for name in "${measuring[@]}" "${about_this[@]}"; do
  filters+=(--filter-not-class "$name")
done
for name in "${in_addresses[@]}"; do
  filters+=(--filter-not-method "$name")
done

status=0
PAT_CAPTURE=$capture DOTNET_STARTUP_HOOKS=$PWD/tests/Pat.Secrets/bin/Debug/net10.0/Pat.Secrets.dll \
  bash tests/run.sh "${filters[@]}" "$@" 2>&1 | tee -- "$capture/suite.txt" || status=$?

dotnet run --no-build --project tests/Pat.Secrets -- "$capture" || status=1
exit "$status"

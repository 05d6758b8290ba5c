#!/usr/bin/env bash
# Runs all tests, from any directory. Installs what they need and is missing, where it may; else it says what to install.
# Arguments go to `dotnet test`: tests/run.sh --filter-class '*StoreTests' --ignore-exit-code 8
# PAT_TEST_POSTGRES can hold the connection string of a PostgreSQL server to use in place of a throw-away one,
# PAT_TEST_CHROMIUM the path of the browser to drive. PAT_SCREENSHOTS=1 takes the pictures of docs/images anew.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en NO_COLOR=1

has_postgres() {
  [[ -n "${PAT_TEST_POSTGRES:-}" ]] || command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

has_argon2() {
  /usr/bin/python3 -c 'import argon2' 2>/dev/null
}

has_chromium() {
  [[ -n "${PAT_TEST_CHROMIUM:-}" ]] || command -v chromium >/dev/null || command -v google-chrome >/dev/null || [[ -x /usr/bin/chromium ]] ||
    compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium*" >/dev/null
}

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo --non-interactive "$@"; fi
}

may_install() {
  command -v apt-get >/dev/null && { [[ $EUID -eq 0 ]] || sudo --non-interactive true 2>/dev/null; }
}

missing=()
has_postgres || missing+=(postgresql)
has_argon2 || missing+=(python3-argon2)
has_chromium || missing+=(chromium)
command -v pgbouncer >/dev/null || [[ -x /usr/sbin/pgbouncer ]] || missing+=(pgbouncer)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v curl >/dev/null || missing+=(curl)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
if [[ ${#missing[@]} -gt 0 ]]; then
  if ! may_install; then
    echo "The tests need ${missing[*]}. Install them first (Debian's names: apt-get install ${missing[*]})." >&2
    exit 1
  fi

  echo "Installing ${missing[*]}"
  as_root apt-get update --quiet=2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}"
fi

if ! command -v dotnet >/dev/null; then
  echo "The tests need the .NET SDK that global.json names: https://dotnet.microsoft.com/download." >&2
  exit 1
fi

output=$(mktemp)
trap 'rm -f -- "$output"' EXIT

# One project at a time: several start a server, or wait for many threads.
status=0
dotnet test --solution Pat.sln --max-parallel-test-modules 1 "$@" </dev/null 2>&1 | tee -- "$output" || status=$?

# The last summary is of all projects together.
count() {
  awk -v name="$1:" '/^Test run summary/ { value = 0 } $1 == name && $2 ~ /^[0-9]+$/ { value = $2 } END { print value + 0 }' "$output"
}

passed=$(count succeeded)
failed=$(count failed)
skipped=$(count skipped)
if [[ $status -eq 0 && ( $failed -gt 0 || $passed -eq 0 ) ]]; then
  status=1
fi

# What failed would be far up by now.
grep --after-context=4 '^failed ' -- "$output" || true
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"

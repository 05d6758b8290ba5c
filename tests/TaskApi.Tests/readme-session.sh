#!/usr/bin/env bash
# Runs the commands of the README's session against a running TaskApi and prints them with what they answer, as the README
# has it: readme-session.sh README.md http://localhost:5080. Files are left in the current directory.
set -euo pipefail

readme=$1
server=$2
root=$(cd -- "$(dirname -- "$readme")" && pwd)
export TASKS_SERVER=$server
[[ -e samples ]] || ln -s "$root/samples" samples

run() {
  printf '$ %s\n' "$1"
  # In this shell, since the session exports a variable; the output by way of a file, to end its last line.
  { eval "${1//http:\/\/localhost:5080/$server}"; } > output.txt
  tr -d '\r' < output.txt
  if [[ -s output.txt && -n $(tail -c 1 output.txt) ]]; then echo; fi
}

command=
while IFS= read -r line <&3; do
  if [[ -n $command ]]; then
    command+=$'\n'$line
  elif [[ $line == '$ '* ]]; then
    command=${line#'$ '}
  else
    continue
  fi

  if [[ $line != *\\ ]]; then
    run "$command"
    command=
  fi
done 3< <(sed -n '/^```console$/,/^```$/p' "$readme")

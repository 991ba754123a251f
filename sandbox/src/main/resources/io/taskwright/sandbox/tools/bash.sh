# Runs a Bash program under the contract of Taskwright's code: bash --noprofile --norc bash.sh
#
# It is started before its program is known, and hears of it on descriptor 200: see IN_PREPARE in warden.h.
#
# A script that defines a function main, and does not call it itself on a line of its own at the end, is sourced, and
# main is called with the input as its first argument and on its stdin; what it prints is its output, stderr is the
# log. Any other script is run as it is.
__task_last_line() {
  local line last=
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line =~ ^[[:space:]]*(#.*)?$ ]] || last=$line
  done <"$1"
  REPLY=$last
}

__task_receive() {
  local variable
  IFS= read -r -d '' -u 200 REPLY
  IFS= read -r -d '' -u 200 variable # the empty one between words and variables
  while IFS= read -r -d '' -u 200 variable; do
    export "$variable" 2>/dev/null # some names are the shell's own
  done
  exec 200<&-
}

__task_receive
set -- "$REPLY"
unset -f __task_receive
BASH_ARGV0=$1
__task_last_line "$1"
if [[ $REPLY =~ ^[[:space:]]*(exit[[:space:]]+\"?\$\()?main([[:space:]]|;|$) ]]; then
  unset -f __task_last_line
  source "$1"
  exit
fi
unset -f __task_last_line
source "$1"
__task_status=$?
declare -F main >/dev/null || exit "$__task_status"
main "$(</task/input.json)" </task/input.json >/task/output.json

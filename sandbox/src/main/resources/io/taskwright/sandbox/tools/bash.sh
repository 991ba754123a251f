# Runs a Bash program under the contract of Taskwright's code: bash --noprofile --norc bash.sh ENTRY
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

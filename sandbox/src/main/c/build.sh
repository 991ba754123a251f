#!/bin/sh
# Builds what runs in environments for this machine's architecture: build.sh FOLDER makes FOLDER/warden-<architecture>
# and FOLDER/hear-<architecture>.so. Nothing is done when the former is newer than every source.
set -eu
sources=$(dirname "$0")
architecture=$(uname -m)
target=$1/warden-$architecture
compiler=${CC:-cc}

if [ -x "$target" ] && [ -z "$(find "$sources" -newer "$target" -type f)" ]; then
  exit 0
fi
need() {
  echo "sandbox: $1" >&2
  echo "sandbox: the warden, a small static program, is built with the module." >&2
  echo "sandbox: on Debian and Ubuntu: apt-get install gcc libc6-dev" >&2
  exit 1
}
command -v "$compiler" >/dev/null 2>&1 || need "there is no C compiler '$compiler' (set CC to name another)"
mkdir -p "$1"
"$compiler" -static -Os -s -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -o "$target.new" "$sources"/*.c ||
  need "'$compiler -static' failed; if it found no libc, the static C library is missing"
"$compiler" -shared -fPIC -Os -s -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -o "$1/hear-$architecture.so" \
  "$sources"/java/*.c || need "'$compiler -shared' failed"
mv "$target.new" "$target"

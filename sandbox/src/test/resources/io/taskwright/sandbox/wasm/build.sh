#!/bin/sh
# Builds the modules of the tests anew. Needs Debian's clang-14, lld-14, wasi-libc, libclang-rt-14-dev-wasm32 and wabt.
set -e
cd "$(dirname "$0")"
clang-14 --target=wasm32-wasi -Os -s -fno-builtin-malloc -o guest.wasm guest.c
for text in *.wat; do
  wat2wasm --enable-all "$text" -o "${text%.wat}.wasm"
done

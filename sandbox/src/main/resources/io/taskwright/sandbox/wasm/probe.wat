;; Compiled by: wat2wasm probe.wat
;; Does what its input says: 0 nothing, 1 goes on for ever, 2 takes memory, 3 calls itself.
(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func $deep (param i32) (result i32)
    (i32.add (call $deep (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
  (func (export "_start")
    (local $wish i32)
    (i32.store (i32.const 0) (i32.const 16))
    (i32.store (i32.const 4) (i32.const 1))
    (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
    (local.set $wish (i32.load8_u (i32.const 16)))
    (if (i32.eq (local.get $wish) (i32.const 49)) (then (loop (br 0))))
    (if (i32.eq (local.get $wish) (i32.const 50))
      (then (loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (unreachable)))
    (if (i32.eq (local.get $wish) (i32.const 51)) (then (drop (call $deep (i32.const 0)))))))

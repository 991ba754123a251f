;; Its table grows; each run must find it small again. Exits with the table's size at the start.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory 1)
  (table $t 5 funcref)
  (func (export "_start")
    (local $size i32)
    (local.set $size (table.size $t))
    (loop (br_if 0 (i32.ne (table.grow $t (ref.null func) (i32.const 1000)) (i32.const -1))))
    (if (i32.gt_u (table.size $t) (i32.const 100000)) (then (unreachable)))
    (call $exit (local.get $size))))

(module (memory 1) (tag (param i32)) (func (export "_start")))

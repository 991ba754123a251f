(module (memory 1) (table 9000000 funcref) (func (export "_start")))

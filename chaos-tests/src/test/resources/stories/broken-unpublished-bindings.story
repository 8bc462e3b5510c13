broken unpublished-bindings
violates binding-kept
nodes 2
phone 101 extension 101 at 0 rings 30 answers 1000
phone 102 extension 102 at 0 rings 30 answers 1000
extension 100 rings 9000 then 101
at 400 phone 102 calls 100

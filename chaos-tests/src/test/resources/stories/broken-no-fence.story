broken no-fence
violates fenced-silent
nodes 2
phone 101 extension 101 at 0 rings 30 answers 1000
phone 102 extension 102 at 1 rings 30 answers 1000
extension 100 rings 9000 then 101
at 400 phone 102 calls 100
at 400 node n1 freezes for 5000

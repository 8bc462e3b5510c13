broken speaks-before-store
violates stored-first
nodes 2
phone 102 extension 102 at 0 rings 30 answers 1000
at 400 phone 102 calls 100

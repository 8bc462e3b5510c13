broken rings-anew
violates rings-once
nodes 2
phone 100 extension 100 at 0 rings 30 answers 1000
phone 101 extension 101 at 0 rings 30 answers 1000
at 600 phone 100 calls 101

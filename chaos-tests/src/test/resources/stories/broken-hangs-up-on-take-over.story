broken hangs-up-on-take-over
violates call-kept
nodes 2
phone 101 extension 101 at 0 rings 30 answers 1000
phone 102 extension 102 at 0 rings 30 answers 1000
at 16017 phone 101 calls 102
at 20700 node n1 dies for 2400

broken old-epochs
violates old-epoch
nodes 2
phone 101 extension 101 at 0 rings 30 answers 1000
phone 102b extension 102 at 0 rings 30 answers 2983
at 1101 phone 101 calls 102
at 3200 store slower 507 for 1600
at 3600 node n1 cut-off for 1500
lose packet 102b>pbx0 200/INVITE/1 of call-101-1101 #1

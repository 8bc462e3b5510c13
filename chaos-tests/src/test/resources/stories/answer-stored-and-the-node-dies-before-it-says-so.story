# The answer is stored, the store cannot say so, and the node dies: the called phone repeats its answer, so nobody has been told.
nodes 3
phone 101 extension 101 at 0 rings 30 answers 1000
phone 104 extension 104 at 1 rings 30 answers 2841
at 364 phone 101 calls 104
at 2300 store fails for 4000
at 6100 node n3 cut-off for 500
at 10000 node n3 dies for 2100

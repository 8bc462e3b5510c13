broken overwriting-store
violates one-writer
nodes 2
phone 100 extension 100 at 1 rings 30 answers 4289 offers-late
phone 101 extension 101 at 0 rings 30 answers 1000
phone 102 extension 102 at 0 rings 30 answers 1000
phone 103 extension 103 at 0 rings 30 answers 1000
phone 104 extension 104 at 0 rings 30 answers 1000
at 1000 node n1 dies for 1700
at 8300 node n1 freezes for 3600
at 9200 phone 100 calls 101
at 9800 phone 100 calls 102
at 12300 store fails for 3800
at 14600 node n2 dies for 4000

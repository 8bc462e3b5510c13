# A slot is reserved, no ports are to be had, and the next attempt finds nobody registered: the slot is given back all the same.
nodes 2
phone 100 extension 100 at 0 rings 30 answers 1000
phone 101 extension 101 at 1 rings 30 answers 1000
extension 101 rings 3000 then 104 limit 2
at 6400 node n2 cut-off for 4900
at 6700 phone 101 unregisters
at 7114 phone 100 calls 101

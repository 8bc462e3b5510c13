broken other-branch
violates one-branch
nodes 3
phone 100 extension 100 at 0 rings 30 answers 1000
phone 101 extension 101 at 2 rings 30 answers 1000
at 400 phone 100 calls 101
at 6400 phone 100 holds
at 6800 phone 100 holds
at 7400 node n2 dies for 4300
lose packet pbx2>101 INVITE/3 of call-100-400 #1
lose packet pbx2>101 INVITE/3 of call-100-400 #2

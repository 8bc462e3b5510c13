broken kept-address
violates one-speaker
nodes 2
phone 101b extension 101b at 0 rings 30 answers 1000
phone 102 extension 102 at 0 rings 30 answers 1000
at 2700 node n1 dies for 4900
at 7200 phone 101b calls 102
at 10800 node n1 dies for 3200

# The ACK of a re-INVITE is lost and the next re-INVITE comes before the 2xx is repeated: each 2xx gets its ACK.
# It was never acknowledged, and the phone hung up after 32 s.
nodes 2
phone 101 extension 101 at 0 rings 30 answers 1000
phone 103 extension 103 at 0 rings 30 answers 1000
at 24933 phone 101 calls 103
at 31400 phone 101 resumes
at 31400 phone 101 holds
at 64100 phone 100 calls 103
lose packet pbx0>103 INVITE/2 of call-101-24933 #1
lose packet pbx0>103 ACK/2 of call-101-24933 #1

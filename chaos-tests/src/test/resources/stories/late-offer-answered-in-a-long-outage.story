# The same in a long outage, with a caller that offers late.
nodes 2
phone 100 extension 100 at 1 rings 30 answers 2731 offers-late
phone 102 extension 102 at 0 rings 30 answers 1000
at 2598 phone 100 calls 102
at 3300 store fails for 8100
at 7600 phone 102 hangs-up
at 10600 node n2 freezes for 3200

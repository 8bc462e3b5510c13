# The store keeps the answer but cannot say so for longer than peers are taken to need; the call is started again.
# The caller was never told that somebody had answered.
nodes 2
phone 100b extension 100 at 0 rings 372 answers 4159
phone 103 extension 103 at 0 rings 30 answers 1000
at 1200 phone 103 calls 100
at 5500 store fails for 2400
at 7500 node n1 cut-off for 900

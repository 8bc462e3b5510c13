# A delayed 503 of a store that failed: the repeated INVITE must not become a call that its caller does not know of.
nodes 2
phone 100 extension 100 at 0 rings 30 answers 1000
phone 101 extension 101 at 0 rings 30 answers 1000
sky loses 0 repeats 0 delays 0 seed 237349884954808
at 9500 store fails for 3000
at 12349 phone 101 calls 100
at 12400 phone 101 cancels
delay 534 packet pbx0>101 503/INVITE/1 of call-101-12349 #1

broken forgotten-bindings
violates binding-kept
nodes 2
phone 101b extension 101b at 0 rings 30 answers 1000
phone 104 extension 104 at 0 rings 30 answers 1000
phone 105 extension 105 at 0 rings 30 answers 1000
extension 105 rings 20000 then 103 busy 100 limit 1
at 31600 phone 104 calls 105
at 44200 phone 104 hangs-up
at 44200 node n1 dies for 2700
at 53400 phone 101b calls 105

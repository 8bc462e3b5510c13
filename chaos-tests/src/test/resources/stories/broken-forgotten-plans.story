broken forgotten-plans
violates media-plan
nodes 2
phone 100b extension 100 at 0 rings 30 answers 1000
extension 103 rings 18000 then 100
at 14069 phone 100b calls 103
at 27300 node n1 freezes for 4600

broken forgotten-slot
violates slots-released
nodes 2
phone 103 extension 103 at 0 rings 30 answers 1000
extension 103 rings 17000 then 102 limit 2
at 300 phone 103 calls 102

broken forgotten-release
violates media-released
nodes 2
phone 102 extension 102 at 0 rings 30 answers 1000
extension 100 rings 9000 then 101
at 400 phone 102 calls 100

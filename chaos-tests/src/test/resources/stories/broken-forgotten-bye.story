broken forgotten-bye
violates nobody-hangs
nodes 2
phone 100 extension 100 at 0 rings 30 answers 1000
phone 101b extension 101 at 0 rings 30 answers 1000
at 600 phone 100 calls 101
at 16500 phone 100 hangs-up

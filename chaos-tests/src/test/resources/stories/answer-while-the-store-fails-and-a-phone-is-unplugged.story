nodes 2
phone 100 extension 100 at 0 rings 30 answers 1000
phone 101 extension 101 at 0 rings 30 answers 4303
at 806 phone 100 calls 101
at 5100 store fails for 4000
at 8000 phone 100 unplugged 2774
at 11400 node n1 freezes for 3400

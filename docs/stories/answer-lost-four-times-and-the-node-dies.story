# Not mended: four copies of the answer are lost, three with the cable, and then the node dies (docs/decisions/0005).
violates nobody-hangs
nodes 2
phone 100 extension 100 at 1 rings 30 answers 1000
phone 101 extension 101 at 1 rings 178 answers 568
at 2200 node n1 dies for 3100
at 4494 phone 100 calls 101
at 5200 phone 100 unplugged 2302
at 10900 node n2 dies for 5900
lose packet pbx1>100 200/INVITE/1 of call-100-4494 #4

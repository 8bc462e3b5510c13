/** Service addresses that move between machines: on a network device, announced, and taken off it whatever happens to the node (S15, S21). */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.address;

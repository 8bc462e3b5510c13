/** Pages of one node, by default on the loopback address, read-only but for changes that prove who asks. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.admin;

/** Read-only pages of one node on the loopback address. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.admin;

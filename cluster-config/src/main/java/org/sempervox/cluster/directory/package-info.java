/** Every node's copy of settings and bindings (S25), and the ways to the sharded extensions. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.directory;

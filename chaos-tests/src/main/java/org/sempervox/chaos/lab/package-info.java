/**
 * A laboratory of network namespaces: every node of a cluster is a host of its own on one bridge, whose cables can be pulled. What is in the
 * root namespace, the phones and the store, is the outside. Linux and root only.
 */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.lab;

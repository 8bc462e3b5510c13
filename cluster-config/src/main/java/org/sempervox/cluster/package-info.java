/** What makes a JVM a member of the cluster. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster;

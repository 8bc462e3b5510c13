/** The command line. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.cli;

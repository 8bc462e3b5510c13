/** The output fence (S21): a node that may have been replaced must be silent. */
@org.jspecify.annotations.NullMarked
package org.sempervox.core.fence;

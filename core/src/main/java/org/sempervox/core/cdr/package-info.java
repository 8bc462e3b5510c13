/** Call detail records. */
@org.jspecify.annotations.NullMarked
package org.sempervox.core.cdr;

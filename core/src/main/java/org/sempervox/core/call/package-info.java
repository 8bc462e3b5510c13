/** Call control: the machine over the legs of one call, its events and the sharded entity. */
@org.jspecify.annotations.NullMarked
package org.sempervox.core.call;

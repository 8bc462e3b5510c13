/** From a dialled number to the contacts to ring: a pure function over a replicated directory. */
@org.jspecify.annotations.NullMarked
package org.sempervox.core.routing;

/** Extensions: settings, registered bindings (RFC 3261 §10) and limits. */
@org.jspecify.annotations.NullMarked
package org.sempervox.core.extension;

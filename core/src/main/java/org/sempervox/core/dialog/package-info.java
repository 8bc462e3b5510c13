/** One RFC 3261 dialog as a pure value: who may send what, with which sequence number. */
@org.jspecify.annotations.NullMarked
package org.sempervox.core.dialog;

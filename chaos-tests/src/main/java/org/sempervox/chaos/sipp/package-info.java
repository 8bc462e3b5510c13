/** SIPp as many phones at once: a program that is not ours, so its word counts. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.sipp;

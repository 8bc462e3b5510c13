/**
 * What is broken: advice that is copied into single methods of the product. What it calls is public, as it is called from there; it bites
 * after a take-over where that is possible, so that a broken build serves well until then.
 */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.selftest.broken;

/** Builds of the product that are broken on purpose, one fault each, to prove that the verdict's checkers notice. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.selftest;

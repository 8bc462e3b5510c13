/** Figures: what is measured, each as a sub-command of one verb. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.bench;

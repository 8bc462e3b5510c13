/** The page and the file that tell people what a run has shown. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.report;

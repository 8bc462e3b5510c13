/** One run of a scenario, and the command line around it. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.run;

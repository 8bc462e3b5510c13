/** What was done and what was seen in a run, as lines on disk: all that a verdict is made of. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.history;

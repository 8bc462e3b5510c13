/** The verdict on a run: pure functions of its history, each blind to all others. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.verdict;

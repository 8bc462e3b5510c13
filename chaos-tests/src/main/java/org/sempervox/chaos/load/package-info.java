/** Telephone traffic of a chaos run: phones that call, talk, hold and hang up, and write down what they did and saw. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.load;

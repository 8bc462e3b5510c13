/** Programs of the operating system, and this program itself, as processes. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.command;

/** What processes cost: CPU time and memory as the operating system and the virtual machine count them. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.usage;

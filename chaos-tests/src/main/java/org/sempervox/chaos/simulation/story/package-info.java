/** The language of stories: what people, machines and the network do, as a list that can be written down, shortened and told again. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.simulation.story;

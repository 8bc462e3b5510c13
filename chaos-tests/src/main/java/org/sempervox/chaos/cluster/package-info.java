/** A cluster of real processes as an outsider sees it: its work folder, its pids, its admin pages. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.cluster;

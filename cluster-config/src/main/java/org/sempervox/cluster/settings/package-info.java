/** Node and PBX files read into typed values; a bad value names its path, the value and what was expected. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.settings;

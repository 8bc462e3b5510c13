@org.jspecify.annotations.NullMarked
package org.sempervox.cluster;

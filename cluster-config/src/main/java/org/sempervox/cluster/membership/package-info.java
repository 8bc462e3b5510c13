/** Who is a member, who is certainly dead, who may speak (S21, S23) and who serves which address (S16). */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.membership;

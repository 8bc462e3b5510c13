/** Between packets and calls: client transactions, dispatch of requests and responses, stateless answers. */
@org.jspecify.annotations.NullMarked
package org.sempervox.sip.edge;

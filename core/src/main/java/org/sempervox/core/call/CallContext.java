package org.sempervox.core.call;

import org.sempervox.core.address.AddressPlan;

/**
 * What is constant for one incarnation of a call.
 *
 * @param id entity id (S10)
 * @param node node that runs it
 * @param epoch rises with each take-over (S21)
 * @param realm domain in From and To of calls that we place
 */
public record CallContext(String id, CallKeys keys, AddressPlan addresses, String node, long epoch, String realm) {}

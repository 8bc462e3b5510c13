/** The calls' way to the media nodes: choice of the address, declaring until it is done, renewing (S19, S20). */
@org.jspecify.annotations.NullMarked
package org.sempervox.media.gateway;

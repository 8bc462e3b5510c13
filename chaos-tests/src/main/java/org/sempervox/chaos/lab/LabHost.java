package org.sempervox.chaos.lab;

/**
 * One host of a laboratory. Its device is always {@value #DEVICE}.
 *
 * @param namespace name of its network namespace
 * @param port the other end of its cable, a port of the bridge in the root namespace; at most 15 characters
 * @param address of its device; service addresses come and go beside it
 * @param hardware address of its device, by which its packets are known whatever source address they carry
 */
public record LabHost(String name, String namespace, String port, String address, String hardware) {
    public static final String DEVICE = "eth0";
}

package org.sempervox.cluster.core;

import org.sempervox.cluster.node.NodeContext;
import org.sempervox.core.routing.PbxFile;
import org.sempervox.core.routing.PbxReading;

/** The PBX file of a node, read for what the node does with it. */
final class NodePbx {
    private NodePbx() {}

    static PbxFile of(NodeContext context) {
        return switch (PbxFile.read(context.settings().pbx())) {
            case PbxReading.Accepted accepted -> accepted.file();
            case PbxReading.Refused refused -> throw new IllegalStateException("PBX file: " + refused.faults());
        };
    }
}

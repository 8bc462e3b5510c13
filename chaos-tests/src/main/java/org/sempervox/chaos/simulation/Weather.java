package org.sempervox.chaos.simulation;

/**
 * What the network does to packets.
 *
 * @param loss share of packets lost, 0–1
 * @param repeat share delivered twice
 * @param reorder packets may overtake each other
 */
record Weather(double loss, double repeat, boolean reorder) {
    static final Weather CALM = new Weather(0, 0, false);

    String text() {
        return "loss " + loss + " repeat " + repeat + (reorder ? " reorder" : "");
    }
}

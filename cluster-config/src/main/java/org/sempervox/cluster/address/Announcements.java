package org.sempervox.cluster.address;

import java.net.Inet4Address;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which addresses are to be announced, and when. */
final class Announcements {
    private final Map<Inet4Address, AnnouncementTimes> times = new LinkedHashMap<>();

    /** That address has come to the device and is announced now. */
    void came(Inet4Address host, long now) {
        times.put(host, AnnouncementTimes.from(now).next(now));
    }

    void left(Inet4Address host) {
        times.remove(host);
    }

    /**
     * Those whose time has come; they count as announced.
     *
     * @param held what is on the device: whatever a guard took from a frozen node is another one's by now, and a single announcement would draw
     *     the phones here
     * @param now nanoseconds of a monotonic clock
     */
    List<Inet4Address> due(Collection<Inet4Address> held, long now) {
        times.keySet().retainAll(held);
        List<Inet4Address> due = times.entrySet().stream()
                .filter(entry -> entry.getValue().due(now))
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(host -> times.computeIfPresent(host, (_, made) -> made.next(now)));
        times.values().removeIf(AnnouncementTimes::over);
        return due;
    }
}

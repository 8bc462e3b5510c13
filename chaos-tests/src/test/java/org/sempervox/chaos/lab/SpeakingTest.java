package org.sempervox.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.lab.Speaking.Announcement;
import org.sempervox.chaos.lab.Speaking.Overlap;

class SpeakingTest {
    private static final String ADDRESS = "10.213.7.100";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final List<Seen> seen = new ArrayList<>();

    @Test
    void aHandOverIsNoOverlap() {
        speaks("n1", 0, 1000);
        speaks("n2", 1001, 2000);
        Speaking speaking = Speaking.of(seen, ADDRESS);
        assertThat(speaking.packets().keySet()).containsExactlyInAnyOrder("n1", "n2");
        assertThat(speaking.packets().get("n1")).hasSize(51).first().isEqualTo(START);
        assertThat(speaking.overlaps(PAUSE)).isEmpty();
    }

    @Test
    void whoGoesOnWhileAnotherSpeaksOverlaps() {
        speaks("n1", 0, 1000);
        speaks("n2", 900, 2000);
        assertThat(Speaking.of(seen, ADDRESS).overlaps(PAUSE))
                .containsExactly(new Overlap("n1", "n2", at(900), at(1000), 12))
                .allSatisfy(overlap -> assertThat(overlap.ms()).isEqualTo(100));
    }

    @Test
    void onePacketOfAFrozenHostIsFound() {
        speaks("n1", 0, 1000);
        speaks("n2", 1100, 5000);
        seen.add(udp("n1", ADDRESS, 3005));
        assertThat(Speaking.of(seen, ADDRESS).overlaps(PAUSE))
                .containsExactly(new Overlap("n1", "n2", at(3005), at(3005), 1));
    }

    @Test
    void thereAndBackIsNoOverlap() {
        speaks("n1", 0, 1000);
        speaks("n2", 1020, 2000);
        speaks("n1", 2020, 3000);
        assertThat(Speaking.of(seen, ADDRESS).overlaps(PAUSE)).isEmpty();
    }

    @Test
    void otherAddressesDoNotCount() {
        speaks("n1", 0, 1000);
        seen.add(udp("n2", "10.213.7.12", 500));
        assertThat(Speaking.of(seen, ADDRESS).overlaps(PAUSE)).isEmpty();
    }

    @Test
    void announcementsAreGratuitousRequestsAndReplies() {
        seen.add(new Seen.Arp(at(3), "n2", true, ADDRESS, "10.213.7.1"));
        seen.add(new Seen.Arp(at(2), "n2", false, ADDRESS, ADDRESS));
        seen.add(new Seen.Arp(at(1), "n2", false, "0.0.0.0", ADDRESS));
        seen.add(new Seen.Arp(at(4), "n1", false, ADDRESS, "10.213.7.1"));
        assertThat(Speaking.of(seen, ADDRESS).announcements())
                .containsExactly(new Announcement(at(2), "n2", false), new Announcement(at(3), "n2", true));
    }

    private void speaks(String host, long from, long to) {
        for (long ms = from; ms <= to; ms += 20) {
            seen.add(udp(host, ADDRESS, ms));
        }
    }

    private static Seen.Udp udp(String host, String source, long ms) {
        return new Seen.Udp(
                at(ms),
                host,
                new InetSocketAddress(InetAddress.ofLiteral(source), 10_000),
                new InetSocketAddress(InetAddress.ofLiteral("10.213.7.1"), 20_000));
    }

    private static Instant at(long ms) {
        return START.plusMillis(ms);
    }
}

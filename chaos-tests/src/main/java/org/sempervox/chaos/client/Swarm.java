package org.sempervox.chaos.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Many phones in one process on two threads: one for signalling, one for audio. */
public final class Swarm implements AutoCloseable {
    private final SipLoop sip = new SipLoop();
    private final RtpLoop rtp = new RtpLoop();
    private final ByteBuffer shared = SipSocket.buffer();
    private final List<Phone> phones = new ArrayList<>();

    private Swarm() {}

    /** Starts the two threads. */
    public static Swarm open() {
        Swarm swarm = new Swarm();
        swarm.sip.start();
        swarm.rtp.start();
        return swarm;
    }

    /** A new phone on a port of its own. */
    public Phone phone(PhoneConfig config) {
        Phone phone = new Phone(new UserAgent(sip, rtp, config, shared));
        synchronized (phones) {
            phones.add(phone);
        }
        return phone;
    }

    /** All phones made here. */
    public List<Phone> phones() {
        synchronized (phones) {
            return List.copyOf(phones);
        }
    }

    /** The breaches all phones saw. */
    public List<Trace.Violation> violations() {
        return phones().stream().flatMap(p -> p.trace().violations().stream()).toList();
    }

    /** Defects of the phones themselves: a run with any of these proves nothing. */
    public List<Throwable> faults() {
        return sip.faults();
    }

    /** How late the sending of audio was at worst since the last reset: gaps shorter than this are the phones' own. */
    public double worstLateMs() {
        return rtp.worstLateMs();
    }

    /** Begins a new window for {@link #worstLateMs}. */
    public void resetWorstLate() {
        rtp.resetWorstLate();
    }

    /** Audio packets that anybody heard again or in the wrong order. */
    public long audioRepeats() {
        return rtp.repeats().sum();
    }

    /** Audio packets the operating system did not take. */
    public long audioErrors() {
        return rtp.sendErrors();
    }

    /** Everything falls silent at once, without BYE. */
    @Override
    public void close() {
        sip.close();
        phones().forEach(Phone::close);
        rtp.close();
    }
}

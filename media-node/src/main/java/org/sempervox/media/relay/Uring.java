package org.sempervox.media.relay;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * One io_uring(7): a queue of requests to the kernel and a queue of its answers. Made on any thread, used only on the one that calls
 * {@link #enable}. Requests wait in the queue until {@link #submit} or {@link #await}; a request's memory must stay as it is until then.
 * 64-bit little-endian Linux, 6.1 or later.
 */
final class Uring {
    /** An answer that belongs to one of the provided buffers, whose number stands above {@link #BUFFER_SHIFT}. */
    static final int WITH_BUFFER = 1;
    /** More answers to the same request follow. */
    static final int MORE = 2;

    static final int BUFFER_SHIFT = 16;

    private static final int REQUEST_OCTETS = 64;
    private static final int ANSWER_OCTETS = 16;
    private static final long REQUESTS_AT = 0x1000_0000L;
    /** Own size of the answer queue, started later, all of a batch submitted, one thread, answers made only while we wait. */
    private static final int SETUP = 1 << 3 | 1 << 6 | 1 << 7 | 1 << 12 | 1 << 13;

    private static final int ONE_MAPPING = 1;
    private static final int MIN_WAIT = 1 << 15;
    private static final int GET_ANSWERS = 1;
    private static final int WITH_ARGUMENT = 8;
    private static final int ENABLE = 12;
    private static final int PROVIDE_BUFFERS = 22;
    private static final int CANCEL_NOW = 24;
    private static final long NANOS = 1_000_000_000L;

    private static final int RECVMSG = 10;
    private static final int READ = 22;
    private static final int SEND = 26;
    private static final int SELECT_BUFFER = 1 << 5;
    private static final int SILENT_SUCCESS = 1 << 6;
    private static final int MULTISHOT = 1 << 1;
    private static final long DONT_WAIT_NO_SIGNAL = 0x4040;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final VarHandle WORD = INT.varHandle();

    private final UringCalls calls = new UringCalls();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment parameters = arena.allocate(120, 8);
    private final MemorySegment waitArgument = arena.allocate(24, 8);
    private final MemorySegment waitTime = arena.allocate(16, 8);
    private final MemorySegment cancellation = arena.allocate(64, 8);
    private final int descriptor;
    private final long queueOctets;
    private final MemorySegment queues;
    private final MemorySegment requests;
    private final ByteBuffer addresses;
    private final long addressesAt;
    private final int capacity;
    private final long requestHead;
    private final long requestTail;
    private final long answerHead;
    private final long answerTail;
    private final long answers;
    private final int answerMask;
    private int tail;
    private int head;
    private int submittedUpTo;

    /** {@code requestCount} and {@code answerCount}: powers of two. */
    Uring(int requestCount, int answerCount) throws IOException {
        parameters.set(INT, 4, answerCount);
        parameters.set(INT, 8, SETUP);
        descriptor = checked("io_uring_setup", calls.setup(requestCount, parameters));
        capacity = parameters.get(INT, 0);
        requestHead = parameters.get(INT, 40);
        requestTail = parameters.get(INT, 44);
        answerHead = parameters.get(INT, 80);
        answerTail = parameters.get(INT, 84);
        answers = parameters.get(INT, 100);
        long numbers = parameters.get(INT, 64);
        queueOctets = Math.max(numbers + 4L * capacity, answers + (long) ANSWER_OCTETS * parameters.get(INT, 4));
        waitArgument.set(LONG, 16, waitTime.address());
        cancellation.set(INT, 8, -1);
        cancellation.set(LONG, 16, -1);
        cancellation.set(LONG, 24, -1);
        addresses = arena.allocate((long) capacity * SocketAddresses.SPACE, 8).asByteBuffer();
        addressesAt = MemorySegment.ofBuffer(addresses).address();
        try {
            if ((parameters.get(INT, 20) & ONE_MAPPING) == 0) {
                throw new IOException("io_uring is too old here");
            }
            queues = mapped(0, queueOctets);
            requests = mapped(REQUESTS_AT, (long) capacity * REQUEST_OCTETS);
        } catch (IOException refused) {
            UringCalls.close(descriptor);
            arena.close();
            throw refused;
        }
        answerMask = queues.get(INT, parameters.get(INT, 88));
        for (int i = 0; i < capacity; i++) {
            queues.set(INT, numbers + 4L * i, i);
        }
    }

    /** From now on the ring belongs to the calling thread. */
    void enable() throws IOException {
        checked("enable", calls.register(descriptor, ENABLE, 0, 0));
    }

    /** Registers a ring of buffers at {@code address}, of which the kernel takes one for each packet. */
    void provide(long address, int count) throws IOException {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment registration = scratch.allocate(40, 8);
            registration.set(LONG, 0, address);
            registration.set(INT, 8, count);
            checked("provided buffers", calls.register(descriptor, PROVIDE_BUFFERS, registration.address(), 1));
        }
    }

    /** Packets of a socket until further notice, each in a provided buffer and an answer; {@code header}: a msghdr. False: queue full. */
    boolean receive(int socket, long header, long label) {
        return queue(RECVMSG | SELECT_BUFFER << 8 | MULTISHOT << 16 | (long) socket << 32, 0, header, 1, label, 0);
    }

    /** Sends once, without waiting for room; only a refusal is answered. False: queue full. */
    boolean send(int socket, long data, int octets, Endpoint to, long label) {
        if (full()) {
            return false;
        }
        int address = (tail & capacity - 1) * SocketAddresses.SPACE;
        long addressOctets = SocketAddresses.write(addresses, address, to);
        return queue(
                SEND | SILENT_SUCCESS << 8 | (long) socket << 32,
                addressesAt + address,
                data,
                octets | DONT_WAIT_NO_SIGNAL << 32,
                label,
                addressOctets << 32);
    }

    /** What waits to be sent is not sent. */
    void silence() {
        for (int i = submittedUpTo; i != tail; i++) {
            long at = (long) (i & capacity - 1) * REQUEST_OCTETS;
            if ((requests.get(LONG, at) & 0xFF) == SEND) {
                // A request for nothing; the kernel refuses one with flags of another.
                requests.asSlice(at, REQUEST_OCTETS).fill((byte) 0);
                requests.set(LONG, at, SILENT_SUCCESS << 8);
            }
        }
    }

    /** Reads once when there is something. False: queue full. */
    boolean read(int source, long into, int octets, long label) {
        return queue(READ | (long) source << 32, -1, into, octets, label, 0);
    }

    private boolean queue(long first, long second, long data, long octets, long label, long last) {
        if (full()) {
            return false;
        }
        long at = (long) (tail & capacity - 1) * REQUEST_OCTETS;
        requests.set(LONG, at, first);
        requests.set(LONG, at + 8, second);
        requests.set(LONG, at + 16, data);
        requests.set(LONG, at + 24, octets);
        requests.set(LONG, at + 32, label);
        requests.set(LONG, at + 40, last);
        requests.set(LONG, at + 48, 0);
        requests.set(LONG, at + 56, 0);
        tail++;
        return true;
    }

    private boolean full() {
        return tail - submittedUpTo == capacity && !submit();
    }

    /** Hands over what is in the queue; true if the kernel has taken all of it. Does not wait. */
    boolean submit() {
        return tail == submittedUpTo || entered(0, 0, 0, 0);
    }

    /** Likewise and lets the kernel make the answers that are due. */
    boolean submitAndCollect() {
        return entered(0, GET_ANSWERS, 0, 0);
    }

    /**
     * Likewise and waits for {@code wanted} answers, after {@code micros} for one, after {@code nanos} for none. Kernels before 6.12 know
     * no {@code micros} and wait for one.
     */
    boolean await(int wanted, int micros, long nanos) {
        boolean gathers = micros > 0 && (parameters.get(INT, 20) & MIN_WAIT) != 0;
        waitArgument.set(INT, 12, gathers ? micros : 0);
        waitTime.set(LONG, 0, nanos / NANOS);
        waitTime.set(LONG, 8, nanos % NANOS);
        return entered(gathers ? wanted : 1, GET_ANSWERS | WITH_ARGUMENT, waitArgument.address(), 24);
    }

    private boolean entered(int wanted, int flags, long argument, long argumentOctets) {
        WORD.setRelease(queues, requestTail, tail);
        int result = calls.enter(descriptor, tail - submittedUpTo, wanted, flags, argument, argumentOctets);
        if (result < 0 && !passing(-result)) {
            throw new IllegalStateException("io_uring_enter: error " + -result);
        }
        submittedUpTo = (int) WORD.getAcquire(queues, requestHead);
        return submittedUpTo == tail;
    }

    private static boolean passing(int error) {
        return switch (error) {
            case UringCalls.ETIME, UringCalls.EINTR, UringCalls.EAGAIN, UringCalls.EBUSY, UringCalls.EBADR -> true;
            default -> false;
        };
    }

    /** Ends the request with that label; its last answer comes with {@link #submitAndCollect}. */
    void cancel(long label) {
        cancellation.set(LONG, 0, label);
        // Not found means that it has ended already and that its last answer waits.
        int _ = calls.register(descriptor, CANCEL_NOW, cancellation.address(), 1);
    }

    /** Number of the first answer that has not been {@linkplain #forget forgotten}. */
    int first() {
        return head;
    }

    /** Number of the next answer to come. */
    int end() {
        return (int) WORD.getAcquire(queues, answerTail);
    }

    long label(int answer) {
        return queues.get(LONG, at(answer));
    }

    /** What the system call of the request would have given. */
    int result(int answer) {
        return queues.get(INT, at(answer) + 8);
    }

    int flags(int answer) {
        return queues.get(INT, at(answer) + 12);
    }

    private long at(int answer) {
        return answers + (long) (answer & answerMask) * ANSWER_OCTETS;
    }

    /** Answers before this number have been read. */
    void forget(int before) {
        head = before;
        WORD.setRelease(queues, answerHead, before);
    }

    void close() {
        UringCalls.close(descriptor);
        calls.unmap(queues.address(), queueOctets);
        calls.unmap(requests.address(), (long) capacity * REQUEST_OCTETS);
        arena.close();
    }

    @SuppressWarnings("restricted")
    private MemorySegment mapped(long offset, long octets) throws IOException {
        long address = calls.map(descriptor, offset, octets);
        if (address < 0) {
            throw new IOException("mmap: error " + -address);
        }
        return MemorySegment.ofAddress(address).reinterpret(octets);
    }

    static int checked(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": error " + -result);
        }
        return result;
    }
}

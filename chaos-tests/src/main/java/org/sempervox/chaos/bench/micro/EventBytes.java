package org.sempervox.chaos.bench.micro;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sempervox.core.call.CallEvent;

/** Events to bytes and back, by the serializer that Pekko finds for them, as for the journal. */
@State(Scope.Benchmark)
public class EventBytes {
    private static final int SERIALIZER = 27101;

    private final ActorSystem system = ActorSystem.create(
            "micro",
            ConfigFactory.parseString("pekko { actor.provider = local, loglevel = OFF, stdout-loglevel = OFF }")
                    .withFallback(ConfigFactory.load()));
    private final Serialization serialization = SerializationExtension.get(system);
    private final CallEvent placed;
    private final CallEvent answered;
    private final byte[] placedBytes;
    private final byte[] answeredBytes;

    public EventBytes() {
        var call = new SampleCall();
        placed = call.turn(call.preparing, call.prepared).events().getFirst();
        answered = call.turn(call.ringing, call.answered).events().getFirst();
        placedBytes = bytes(placed);
        answeredBytes = bytes(answered);
    }

    @TearDown
    public void stop() {
        system.terminate();
    }

    @Benchmark
    public byte[] serializePlaced() {
        return bytes(placed);
    }

    @Benchmark
    public Object deserializePlaced() {
        return event(placedBytes);
    }

    @Benchmark
    public byte[] serializeAnswered() {
        return bytes(answered);
    }

    @Benchmark
    public Object deserializeAnswered() {
        return event(answeredBytes);
    }

    private byte[] bytes(CallEvent event) {
        return serialization.serialize(event).get();
    }

    private Object event(byte[] bytes) {
        return serialization.deserialize(bytes, SERIALIZER, "").get();
    }
}

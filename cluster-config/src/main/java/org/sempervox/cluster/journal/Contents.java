package org.sempervox.cluster.journal;

import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.sempervox.cluster.store.Content;

/** Objects to stored bytes and back, by the serializers of the configuration. */
public final class Contents {
    private final Serialization serialization;

    public Contents(ClassicActorSystemProvider system) {
        this.serialization = SerializationExtension.get(system);
    }

    /** Throws whatever the serializer throws. */
    public Object object(Content content) {
        return serialization
                .deserialize(content.bytes(), content.serializer(), content.manifest())
                .get();
    }

    Content content(Object object) {
        Serializer serializer = serialization.findSerializerFor(object);
        return new Content(
                serializer.identifier(), Serializers.manifestFor(serializer, object), serializer.toBinary(object));
    }
}

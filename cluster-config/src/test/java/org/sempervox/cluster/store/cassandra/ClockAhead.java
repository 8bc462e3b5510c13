package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.internal.core.time.AtomicTimestampGenerator;
import java.time.Duration;
import org.sempervox.cluster.settings.StoreSettings;

/** Times of writes by a node whose clock is an hour ahead. The driver makes it by its name. */
public final class ClockAhead extends AtomicTimestampGenerator {
    private static final long HOUR_MICROS = 3_600_000_000L;

    public ClockAhead(DriverContext context) {
        super(context);
    }

    @Override
    public long next() {
        return super.next() + HOUR_MICROS;
    }

    @Override
    public void close() {}

    static CqlSession session(StoreSettings.Cassandra settings) {
        var options = DriverConfigLoader.programmaticBuilder()
                .withString(DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS, ClockAhead.class.getName())
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL");
        for (Profile profile : Profile.values()) {
            options = options.startProfile(profile.name())
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
                    .endProfile();
        }
        CqlSessionBuilder builder =
                CqlSession.builder().withConfigLoader(options.build()).withLocalDatacenter(settings.datacenter());
        settings.contactPoints().forEach(builder::addContactPoint);
        return builder.build();
    }
}

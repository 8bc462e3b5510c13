package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.sempervox.cluster.settings.SettingsProblem;
import org.sempervox.cluster.settings.StoreSettings;

/** The driver's options, all of them here: no file of the driver is read beside its own defaults. */
final class DriverSetup {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final StoreSettings.Cassandra settings;
    private final CassandraLimits limits;
    private final Optional<SSLContext> tls;

    /** Reads the trust store: one that cannot be opened is a {@link SettingsProblem}. */
    DriverSetup(StoreSettings.Cassandra settings, CassandraLimits limits) {
        this.settings = settings;
        this.limits = limits;
        this.tls = settings.trust().map(DriverSetup::tls);
    }

    /** One attempt: completes when any contact point answers, fails when all of them are silent or refuse us. */
    CompletionStage<CqlSession> connect() {
        CqlSessionBuilder builder =
                CqlSession.builder().withConfigLoader(options()).withLocalDatacenter(settings.datacenter());
        settings.contactPoints().forEach(builder::addContactPoint);
        settings.credentials().ifPresent(own -> builder.withAuthCredentials(own.user(), own.password()));
        // a certificate is asked for the name or address that we connect to, not for what a name service says of that
        // address
        tls.ifPresent(
                context -> builder.withSslEngineFactory(new ProgrammaticSslEngineFactory(context, null, true, false)));
        return builder.buildAsync();
    }

    private DriverConfigLoader options() {
        ProgrammaticDriverConfigLoaderBuilder options = DriverConfigLoader.programmaticBuilder()
                .withString(DefaultDriverOption.SESSION_NAME, "store")
                .withDuration(DefaultDriverOption.CONFIG_RELOAD_INTERVAL, Duration.ZERO)
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
                .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, false)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, limits.attempt())
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, Duration.ofSeconds(2))
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(2))
                // who opens the store tries again: the driver would hide why it cannot connect
                .withBoolean(DefaultDriverOption.RECONNECT_ON_INIT, false)
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(2))
                // a frozen Cassandra answers no heartbeat: then what it was asked goes to the next one
                .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, HEARTBEAT)
                .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, HEARTBEAT)
                .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
                .withBoolean(DefaultDriverOption.TIMESTAMP_GENERATOR_FORCE_JAVA_CLOCK, true)
                .withStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(settings.keyspace()))
                .withString(DefaultDriverOption.METRICS_FACTORY_CLASS, "NoopMetricsFactory")
                .withString(DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS, "NoSpeculativeExecutionPolicy")
                .withString(DefaultDriverOption.RETRY_POLICY_CLASS, "DefaultRetryPolicy")
                .withBoolean(com.datastax.dse.driver.api.core.config.DseDriverOption.MONITOR_REPORTING_ENABLED, false);
        for (Profile profile : Profile.values()) {
            options = options.startProfile(profile.name())
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, timeout(profile))
                    .endProfile();
        }
        return options.build();
    }

    private Duration timeout(Profile profile) {
        return switch (profile) {
            case APPEND, BEAT -> limits.attempt();
            case READ, RECORD -> limits.attempt().multipliedBy(2);
        };
    }

    private static SSLContext tls(StoreSettings.Trust trust) {
        try {
            KeyStore store =
                    KeyStore.getInstance(trust.file().toFile(), trust.password().toCharArray());
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new SettingsProblem(
                    "sempervox.store.trust-store",
                    trust.file() + " (" + e.getMessage() + ")",
                    "a PKCS#12 or JKS file that its password opens");
        }
    }
}

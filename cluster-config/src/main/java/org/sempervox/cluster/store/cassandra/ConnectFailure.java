package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.sempervox.cluster.settings.StoreSettings;

/** Why a connection to Cassandra could not be made, in words that name the setting to look at. */
final class ConnectFailure {
    private static final String PATH = "sempervox.store.";

    private ConnectFailure() {}

    static String explain(StoreSettings.Cassandra settings, Throwable failure) {
        List<Throwable> causes = causes(failure);
        Optional<AuthenticationException> refusal = first(causes, AuthenticationException.class);
        if (refusal.isPresent()) {
            return login(settings, words(refusal.get()));
        }
        Optional<CertificateException> certificate = first(causes, CertificateException.class);
        if (certificate.isPresent()) {
            return certificate(settings, certificate.get(), first(causes, CertPathBuilderException.class));
        }
        String points = "Cassandra at " + settings.contactPoints();
        Optional<SSLException> tls = first(causes, SSLException.class);
        if (tls.isPresent()) {
            return points + " does not speak TLS with us, which " + PATH + "trust-store asks for: " + words(tls.get());
        }
        if (settings.trust().isEmpty()
                && first(causes, ClosedConnectionException.class).isPresent()) {
            return points + " closes the connection at once: if it wants TLS, name its certificates in " + PATH
                    + "trust-store";
        }
        return points + " cannot be reached: " + words(causes.getLast());
    }

    private static String login(StoreSettings.Cassandra settings, String words) {
        return settings.credentials()
                .map(own -> "Cassandra refuses the login of " + PATH + "user = " + own.user() + " with the password in "
                        + PATH + "password-file: " + words)
                .orElseGet(() -> "Cassandra asks for a login: set " + PATH + "user and " + PATH + "password-file");
    }

    /** Certificates that are trusted and belong to somebody else have no path failure. */
    private static String certificate(
            StoreSettings.Cassandra settings, CertificateException refusal, Optional<CertPathBuilderException> path) {
        String file = settings.trust().map(trust -> trust.file().toString()).orElse("nothing");
        String words = words(refusal);
        boolean named = words.startsWith("No subject alternative") || words.startsWith("No name matching");
        return named && path.isEmpty()
                ? "the certificate of Cassandra names another host than " + PATH + "contact-points = "
                        + settings.contactPoints() + ": " + words
                : "the certificate of Cassandra is not signed by one in " + PATH + "trust-store = " + file + ": "
                        + words;
    }

    private static <T extends Throwable> Optional<T> first(List<Throwable> causes, Class<T> kind) {
        return causes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static List<Throwable> causes(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var found = new ArrayList<Throwable>();
        collect(failure, seen, found);
        return found;
    }

    private static void collect(Throwable failure, Set<Throwable> seen, List<Throwable> found) {
        if (!seen.add(failure)) {
            return;
        }
        found.add(failure);
        if (failure instanceof AllNodesFailedException all) {
            all.getAllErrors().values().stream()
                    .flatMap(Collection::stream)
                    .forEach(error -> collect(error, seen, found));
        }
        Throwable cause = failure.getCause();
        if (cause != null) {
            collect(cause, seen, found);
        }
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}

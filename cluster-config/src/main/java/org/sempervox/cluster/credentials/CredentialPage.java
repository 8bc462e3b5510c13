package org.sempervox.cluster.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.admin.AdminPages;
import org.sempervox.cluster.admin.ChangeRefused;
import org.sempervox.cluster.settings.SettingsProblem;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.core.fence.OutputFence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /credentials}: which numbers have some, for whoever may read the pages; changes for who has the key. */
public final class CredentialPage {
    public static final String PATH = "/credentials";

    /** As in the PBX file. */
    public static final int LONGEST_PASSWORD = 128;

    private static final Logger LOG = LoggerFactory.getLogger(CredentialPage.class);
    private static final long LIMIT_SECONDS = 10;

    private final CredentialTable table;
    private final KeyFile keyFile;
    private final OutputFence fence;
    private final InstantSource clock;

    public CredentialPage(CredentialTable table, KeyFile keyFile, OutputFence fence, InstantSource clock) {
        this.table = table;
        this.keyFile = keyFile;
        this.fence = fence;
        this.clock = clock;
    }

    public void addTo(AdminPages pages) {
        pages.add(PATH, this::numbers);
        pages.addChange(PATH, this::change);
    }

    private JsonNode numbers() {
        ArrayNode all = RecordJson.MAPPER.createArrayNode();
        table.numbers().forEach(number -> all.addObject().put("number", number));
        return all;
    }

    private JsonNode change(String body) {
        CredentialKey key = keyFile.key()
                .orElseThrow(
                        () -> new ChangeRefused(403, "this node has no " + keyFile.path() + ": nothing can be set"));
        CredentialRequest request = CredentialRequest.open(key, body, clock.instant())
                .orElseThrow(() ->
                        new ChangeRefused(403, "not sealed with the key " + key.id() + ", or more than a minute ago"));
        if (!fence.open()) {
            throw new ChangeRefused(503, "this node is cut off from the others");
        }
        String number = request.number();
        if (request.password().isEmpty()) {
            boolean had = await(table.remove(number));
            LOG.info(had ? "the credentials of {} are removed" : "{} had no credentials to remove", number);
            return RecordJson.MAPPER.createObjectNode().put("number", number).put("had", had);
        } else {
            String password = request.password().get();
            if (!table.isExtension(number)) {
                throw new ChangeRefused(422, "the PBX file has no extension " + number);
            }
            if (password.isEmpty() || password.length() > LONGEST_PASSWORD) {
                throw new ChangeRefused(422, "a password has 1 to " + LONGEST_PASSWORD + " characters");
            }
            await(table.set(key, number, password));
            LOG.info("the credentials of {} are set", number);
        }
        return RecordJson.MAPPER.createObjectNode().put("number", number);
    }

    private static <T> T await(CompletionStage<T> done) {
        try {
            return done.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChangeRefused(503, "interrupted");
        } catch (TimeoutException e) {
            throw new ChangeRefused(503, "the store does not answer; whether it is stored is not known");
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        }
    }

    private static ChangeRefused refusal(@Nullable Throwable cause) {
        if (cause instanceof ChangeRefused refused) {
            return refused;
        }
        String what = cause == null ? "" : String.valueOf(cause.getMessage());
        return new ChangeRefused(
                503, cause instanceof SettingsProblem ? what : "whether it is stored is not known: " + what);
    }
}

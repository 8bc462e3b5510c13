package org.sempervox.cluster.journal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.dispatch.Futures;
import scala.concurrent.Future;

/** What Pekko's plugins return; a failure is the store's own, so that it can be told by its class. */
final class Promised {
    private Promised() {}

    static <T> Future<T> of(CompletionStage<T> stage) {
        var promise = Futures.<T>promise();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                promise.success(value);
            } else {
                promise.failure(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
        });
        return promise.future();
    }
}

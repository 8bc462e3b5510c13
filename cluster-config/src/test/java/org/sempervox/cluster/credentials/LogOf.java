package org.sempervox.cluster.credentials;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class says from now on, whatever the level of the test run is. */
final class LogOf implements AutoCloseable {
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger logger;
    private final Level before;

    LogOf(Class<?> speaker) {
        logger = (Logger) LoggerFactory.getLogger(speaker);
        before = logger.getLevel();
        logger.setLevel(Level.INFO);
        said.start();
        logger.addAppender(said);
    }

    List<String> lines(Level level) {
        return said.list.stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(said);
        logger.setLevel(before);
    }
}

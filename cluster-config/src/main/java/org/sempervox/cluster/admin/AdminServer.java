package org.sempervox.cluster.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.store.RecordJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of one node on a free port, of the loopback address unless told otherwise: GET reads, POST changes where a page allows it. */
public final class AdminServer implements AdminPages, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int LONGEST_BODY = 8 * 1024;

    private final HttpServer server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    /** What a path answers; null: 405. */
    private record Page(
            @Nullable Function<Map<String, String>, JsonNode> reading,
            @Nullable Function<String, JsonNode> changing) {}

    public AdminServer() throws IOException {
        this("127.0.0.1", 0);
    }

    /** {@code host}: numeric IPv4 address of this machine; {@code port}: 0 for any that is free. */
    public AdminServer(String host, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(host), port), 16);
        server.setExecutor(Executors.newFixedThreadPool(
                2, task -> Thread.ofPlatform().daemon().name("admin").unstarted(task)));
        server.start();
    }

    public String url() {
        InetSocketAddress at = server.getAddress();
        return "http://" + at.getAddress().getHostAddress() + ":" + at.getPort();
    }

    @Override
    public void addQuery(String path, Function<Map<String, String>, JsonNode> page) {
        add(path, new Page(page, null));
    }

    @Override
    public void addChange(String path, Function<String, JsonNode> change) {
        add(path, new Page(null, change));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void add(String path, Page page) {
        Page before = pages.put(path, page);
        if (before == null) {
            server.createContext(path, exchange -> answer(exchange, Objects.requireNonNull(pages.get(path))));
        } else {
            pages.put(path, new Page(first(page.reading, before.reading), first(page.changing, before.changing)));
        }
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }

    private static void answer(HttpExchange exchange, Page page) throws IOException {
        try (exchange) {
            var reading = exchange.getRequestMethod().equals("GET") ? page.reading : null;
            var changing = exchange.getRequestMethod().equals("POST") ? page.changing : null;
            if (reading != null) {
                answer(
                        exchange,
                        () -> reading.apply(query(exchange.getRequestURI().getRawQuery())));
            } else if (changing != null) {
                String body = body(exchange);
                answer(exchange, () -> changing.apply(body));
            } else {
                exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private static void answer(HttpExchange exchange, Supplier<JsonNode> work) throws IOException {
        byte[] body;
        int status = 200;
        try {
            body = RecordJson.MAPPER.writeValueAsBytes(work.get());
        } catch (ChangeRefused e) {
            status = e.status();
            LOG.warn("admin page {}: {} {}", exchange.getRequestURI().getPath(), status, e.getMessage());
            body = error(e);
        } catch (RuntimeException e) {
            LOG.warn("admin page {}", exchange.getRequestURI().getPath(), e);
            status = 500;
            body = error(e);
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] error(RuntimeException e) throws IOException {
        return RecordJson.MAPPER.writeValueAsBytes(Map.of("error", String.valueOf(e.getMessage())));
    }

    /** What is longer is cut off, and then it is not what was sealed. */
    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
    }

    private static Map<String, String> query(@Nullable String raw) {
        var query = new TreeMap<String, String>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Scanner;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.admin.ChangeRefused;
import org.sempervox.cluster.credentials.CredentialKey;
import org.sempervox.cluster.credentials.CredentialPage;
import org.sempervox.cluster.credentials.CredentialRequest;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code credentials set|remove|list}: through any node that runs; who has the key file may change them. */
@Command(
        name = "credentials",
        description = "Passwords of extensions, encrypted in the store; they go before those of the PBX file.",
        mixinStandardHelpOptions = true)
public final class CredentialsVerb implements Verb {
    private static final int UNAVAILABLE = 503;

    private static final String NUMBER = "NUMBER";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "credentials set|remove NUMBER, credentials list");
    }

    @Command(
            name = "set",
            description = "Sets the password of a number, asked for at the terminal or read from a line of the input.",
            mixinStandardHelpOptions = true)
    int set(@Parameters(paramLabel = NUMBER) String number, @Mixin NodesOption nodes, @Mixin KeyOption keyFile)
            throws IOException {
        CredentialKey key = keyFile.of(nodes);
        return change(nodes, key, new CredentialRequest(number, Optional.of(password(number))), "set");
    }

    @Command(
            name = "remove",
            description =
                    "Removes what was set for a number, if anything: it has the PBX file's password again, or none.",
            mixinStandardHelpOptions = true)
    int remove(@Parameters(paramLabel = NUMBER) String number, @Mixin NodesOption nodes, @Mixin KeyOption keyFile)
            throws IOException {
        return change(nodes, keyFile.of(nodes), new CredentialRequest(number, Optional.empty()), "removed");
    }

    @Command(name = "list", description = "Numbers that have some.", mixinStandardHelpOptions = true)
    int list(@Mixin NodesOption nodes, @Mixin Report report) throws IOException {
        for (JsonNode numbers : nodes.ask(CredentialPage.PATH).values()) {
            report.print(
                    numbers,
                    out -> numbers.forEach(one -> out.println(one.path("number").asText())));
            return Exit.DONE;
        }
        throw new IOException("no node answers");
    }

    /** The first node that can does it for all. A repetition at the next one does no harm if this one did it and could not say so. */
    private static int change(NodesOption nodes, CredentialKey key, CredentialRequest request, String done)
            throws IOException {
        var failed = new ArrayList<String>();
        for (var client : nodes.clients().entrySet()) {
            String node = client.getKey();
            try {
                JsonNode answer = client.getValue().post(CredentialPage.PATH, request.seal(key, Instant.now()));
                // one that failed may have removed them
                boolean had = answer.path("had").asBoolean(true) || !failed.isEmpty();
                System.out.println(request.number() + ": "
                        + (had ? done + " through " + node + ", on all nodes within about a second" : "had none"));
                failed.forEach(failure -> System.err.println("credentials: " + failure));
                return Exit.DONE;
            } catch (ChangeRefused e) {
                if (e.status() != UNAVAILABLE) {
                    return refused(node, e);
                }
                failed.add(node + ": " + e.getMessage());
            } catch (IOException e) {
                // a witness has no such page: no failure
                if (!(e instanceof FileNotFoundException)) {
                    failed.add(node + ": " + e.getMessage());
                }
            }
        }
        throw new IOException(
                failed.isEmpty()
                        ? "no node that has credentials runs"
                        : "no node did it: " + String.join("; ", failed));
    }

    private static int refused(String node, ChangeRefused refusal) {
        System.err.println("credentials: " + node + ": " + refusal.getMessage());
        return switch (refusal.status()) {
            case 403 -> Exit.REFUSED;
            case 422 -> Exit.BAD_USAGE;
            default -> Exit.BAD_VERDICT;
        };
    }

    /** Never an argument: those are shown to everybody who lists processes. On JDK 25 there is no console without a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static String password(String number) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            var in = new Scanner(System.in, StandardCharsets.UTF_8);
            return checked(in.hasNextLine() ? in.nextLine() : "");
        }
        char[] first = console.readPassword("password of %s: ", number);
        char[] again = console.readPassword("again: ");
        if (first == null || again == null || !Arrays.equals(first, again)) {
            throw new SettingsProblem("the password", "two different ones", "the same twice");
        }
        return checked(new String(first));
    }

    private static String checked(String password) {
        if (password.isEmpty() || password.length() > CredentialPage.LONGEST_PASSWORD) {
            throw new SettingsProblem(
                    "the password",
                    password.length() + " characters",
                    "1 to " + CredentialPage.LONGEST_PASSWORD + " on a line of the input");
        }
        return password;
    }

    /** What allows to change them. */
    static final class KeyOption {
        @Option(names = "--key-file", paramLabel = "FILE", description = "default: W/credentials.key")
        private @Nullable Path file;

        CredentialKey of(NodesOption nodes) {
            return CredentialKey.read(file == null ? nodes.folder().credentialsKey() : file);
        }
    }
}

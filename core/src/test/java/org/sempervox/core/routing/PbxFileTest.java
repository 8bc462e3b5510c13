package org.sempervox.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.core.extension.ExtensionSettings;

class PbxFileTest {
    private static PbxReading read(String tenant) {
        return PbxFile.read(ConfigFactory.parseString("tenants.default { " + tenant + " }"));
    }

    private static PbxFile accepted(String tenant) {
        var reading = read(tenant);
        assertThat(reading).isInstanceOf(PbxReading.Accepted.class);
        return ((PbxReading.Accepted) reading).file();
    }

    private static List<String> faults(String tenant) {
        var reading = read(tenant);
        assertThat(reading).isInstanceOf(PbxReading.Refused.class);
        return ((PbxReading.Refused) reading)
                .faults().stream().map(PbxFault::text).toList();
    }

    @Test
    void readsTheDocumentedExample() {
        var reading = read("""
                extensions = [
                  { range = "1000-2999", password = "pw{number}" }
                  { number = "100", password = "secret", name = "Front desk", ringSeconds = 20, noAnswer = "1001", busy = "8000", maxCalls = 4 }
                ]
                queues = [ { number = "8000", name = "sales", strategy = "longest-idle", agents = ["2900-2909"], music = "default" } ]
                """);
        var accepted = (PbxReading.Accepted) reading;
        assertThat(accepted.warnings())
                .containsExactly(
                        "tenants.default.queues[0]: queue 8000 is not served yet",
                        "tenants.default.extensions[1].busy: queue 8000 is not served yet");
        var file = accepted.file();
        assertThat(file.size()).isEqualTo(2001);
        assertThat(file.settings("100"))
                .contains(new ExtensionSettings("100", "Front desk", Duration.ofSeconds(20), "1001", "8000", 4));
        assertThat(file.settings("2999"))
                .contains(new ExtensionSettings("2999", "", Duration.ofSeconds(30), null, null, 0));
        assertThat(file.password("1234")).contains("pw1234");
        assertThat(file.settings("8000")).isEmpty();
        assertThat(file.settings("3000")).isEmpty();
        assertThat(file.settings("01000")).isEmpty();
        assertThat(file.password("nobody")).isEmpty();
        assertThat(file.toString()).isEqualTo("PbxFile[2001 extensions]");
    }

    @Test
    void anExtensionNeedsNoPassword() {
        var file = accepted("extensions = [ { range = \"100-199\" }, { number = \"200\", password = p } ]");
        assertThat(file.settings("100")).isPresent();
        assertThat(file.password("100")).isEmpty();
        assertThat(file.password("200")).contains("p");
    }

    @Test
    void hugeRangesCostNothing() {
        var file = accepted(
                "extensions = [ { range = \"100000000000000-999999999999999\", password = p, name = \"Desk {number}\" } ]");
        assertThat(file.size()).isEqualTo(900_000_000_000_000L);
        assertThat(file.settings("123456789012345").orElseThrow().name()).isEqualTo("Desk 123456789012345");
    }

    @Test
    void leadingZerosCount() {
        var file =
                accepted("extensions = [ { range = \"0010-0019\", password = p }, { number = 0007, password = p } ]");
        assertThat(file.settings("0012")).isPresent();
        assertThat(file.settings("12")).isEmpty();
        assertThat(file.settings("0007")).isPresent();
        assertThat(file.settings("7")).isEmpty();
    }

    @Test
    void eachNumberIsUsedOnce() {
        assertThat(faults("""
                extensions = [
                  { range = "100-199", password = p }
                  { number = "150", password = p }
                  { range = "199-200", password = p }
                  { number = "300", password = p }
                  { number = "300", password = p }
                  { range = "300-301", password = p }
                  { range = "050-100", password = p }
                ]
                queues = [ { number = "120" }, { number = "900" }, { number = "900" } ]
                """))
                .containsExactly(
                        "tenants.default.extensions[1].number: found 150, expected numbers that are used once; already in tenants.default.extensions[0]",
                        "tenants.default.extensions[2].range: found 199-200, expected numbers that are used once; already in tenants.default.extensions[0]",
                        "tenants.default.extensions[4].number: found 300, expected numbers that are used once; already in tenants.default.extensions[3]",
                        "tenants.default.extensions[5].range: found 300-301, expected numbers that are used once; already in tenants.default.extensions[3]",
                        "tenants.default.extensions[6].range: found 050-100, expected numbers that are used once; already in tenants.default.extensions[0]",
                        "tenants.default.queues[0].number: found 120, expected a number that is used once",
                        "tenants.default.queues[2].number: found 900, expected a number that is used once");
    }

    @Test
    void faultsNamePathValueAndExpectation() {
        assertThat(faults("""
                extensions = [
                  { number = "100", password = p, ringSeconds = 601 }
                  { number = "101", password = p, ringSeconds = 0 }
                  { number = "102", password = p, ringSeconds = soon }
                  { number = "103", password = p, noAnswer = "999" }
                  { number = "104", pasword = "topsecret" }
                  { number = "105", password = "" }
                  { number = "1 06", password = p }
                  { range = "200-19", password = p }
                  { password = p }
                  { number = "107", range = "300-400", password = p }
                  { number = [1], password = p, maxCalls = 1.5 }
                  7
                ]
                queues = 7
                trunks = []
                """))
                .containsExactly(
                        "tenants.default.trunks: found an unknown field, expected one of extensions, queues",
                        "tenants.default.extensions[0].ringSeconds: found 601, expected a whole number from 1 to 600",
                        "tenants.default.extensions[1].ringSeconds: found 0, expected a whole number from 1 to 600",
                        "tenants.default.extensions[2].ringSeconds: found soon, expected a whole number from 1 to 600",
                        "tenants.default.extensions[4].pasword: found an unknown field, expected one of number, range, password, name, ringSeconds, noAnswer, busy, maxCalls",
                        "tenants.default.extensions[5].password: found (hidden), expected 1 to 128 characters, or no password",
                        "tenants.default.extensions[6].number: found 1 06, expected 1 to 32 of digits, letters and + * # . _ -",
                        "tenants.default.extensions[7].range: found 200-19, expected FIRST-LAST, both with the same number of digits (1 to 15), FIRST not after LAST",
                        "tenants.default.extensions[8].number: found (missing), expected either number or range",
                        "tenants.default.extensions[9].number: found (missing), expected either number or range",
                        "tenants.default.extensions[10].maxCalls: found 1.5, expected a whole number from 0 to 1000",
                        "tenants.default.extensions[10].number: found list, expected a text",
                        "tenants.default.extensions[11]: found a value of type number, expected an object",
                        "tenants.default.queues: found a value of type number, expected a list",
                        "tenants.default.extensions[3].noAnswer: found 999, expected the number of an extension in this file");
    }

    @Test
    void onlyTheDefaultTenant() {
        var reading = PbxFile.read(ConfigFactory.parseString("tenants.acme {}"));
        assertThat(((PbxReading.Refused) reading).faults())
                .extracting(PbxFault::text)
                .containsExactly(
                        "tenants.acme: found an unknown field, expected one of default",
                        "tenants.default: found (missing), expected an object");
        assertThat(((PbxReading.Refused) PbxFile.read(ConfigFactory.empty())).faults())
                .extracting(PbxFault::path)
                .containsExactly("tenants");
    }
}

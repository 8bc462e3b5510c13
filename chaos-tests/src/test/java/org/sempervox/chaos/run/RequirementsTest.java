package org.sempervox.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.chaos.ground.Inventory;
import org.sempervox.chaos.load.Accounts;
import org.sempervox.chaos.load.Office;
import org.sempervox.chaos.scenario.Scenario;
import org.sempervox.chaos.scenario.ScenarioFile;
import org.sempervox.cluster.settings.SettingsProblem;

class RequirementsTest {
    private static final Scenario PLAIN = ScenarioFile.parse("mine", "", 1);
    private static final Scenario WITH_SIPP = ScenarioFile.parse("mine", "load { sipp-calls-per-second = 2 }", 1);

    @TempDir
    Path empty;

    private static Optional<Inventory> accounts(int count) {
        return Optional.of(new Inventory(
                "staging",
                List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060)),
                "192.0.2.9",
                new Accounts(9000, count, "pw{number}", "pbx.example"),
                Map.of(),
                Map.of()));
    }

    @Test
    void sippThatIsNotThereNamesItsPackage() {
        assertThatThrownBy(() -> Requirements.check(WITH_SIPP, false, Optional.empty(), false, empty.toString()))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("sipp")
                .hasMessageContaining("sip-tester");
        assertThatCode(() -> Requirements.check(PLAIN, false, Optional.empty(), false, empty.toString()))
                .doesNotThrowAnyException();
    }

    @Test
    void anInventoryHasEnoughAccountsForOurPhonesAndThoseOfSipp() {
        int ours = Office.extensions(PLAIN.load());
        int all = Office.extensions(WITH_SIPP.load());
        assertThat(all).isGreaterThan(ours);
        assertThatCode(() -> Requirements.accounts(PLAIN, accounts(ours).orElseThrow()))
                .doesNotThrowAnyException();
        assertThatCode(() -> Requirements.accounts(WITH_SIPP, accounts(all).orElseThrow()))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () -> Requirements.accounts(WITH_SIPP, accounts(all - 1).orElseThrow()))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("accounts.count")
                .hasMessageContaining(Integer.toString(all - 1))
                .hasMessageContaining(Integer.toString(all));
    }
}

package org.sempervox.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sempervox.chaos.failover.Fault;
import org.sempervox.cluster.settings.SettingsProblem;

class MatrixCommandTest {
    @Test
    void rowsAreNumbersAndRanges() {
        assertThat(MatrixCommand.rows("1-3,20")).containsExactly("1", "2", "3", "20");
    }

    @Test
    void allColumnsAreAllFaultsButTheOneThatHasNoLetter() {
        assertThat(MatrixCommand.faults("a-p"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Fault.values())
                        .filter(fault -> fault != Fault.BOTH_IN_TURN)
                        .toList());
    }

    @Test
    void aLetterHasAllOfItsColumnAndANameOnlyItself() {
        assertThat(MatrixCommand.faults("j")).containsExactly(Fault.STORE_STOPPED, Fault.STORE_SLOW, Fault.STORE_NODE);
        assertThat(MatrixCommand.faults("k")).containsExactly(Fault.GRACEFUL, Fault.ROLLING);
        assertThat(MatrixCommand.faults("n-back,rolling")).containsExactly(Fault.CLOCK_BACK, Fault.ROLLING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "", "p-a", "a-", "kill"})
    void whatIsNoColumnIsRefused(String text) {
        assertThatThrownBy(() -> MatrixCommand.faults(text)).isInstanceOf(SettingsProblem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "23", "5-3", "x", "1-"})
    void whatIsNoRowIsRefused(String text) {
        assertThatThrownBy(() -> MatrixCommand.rows(text)).isInstanceOf(SettingsProblem.class);
    }
}

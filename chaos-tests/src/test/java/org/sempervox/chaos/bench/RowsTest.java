package org.sempervox.chaos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RowsTest {
    @Test
    void whatWasMeasuredBeforeAFailureIsKept() throws Exception {
        Rows<Integer> rows = Rows.measure(4, index -> measured(index, 2));
        assertThat(rows.rows()).containsExactly(0, 1);
        assertThat(rows.complete()).isFalse();
        assertThat(rows.verdict(true, "calls failed")).isEqualTo("row 3 of 4 could not be measured: no room");
    }

    @Test
    void allThereSayWhetherTheyAreGood() throws Exception {
        Rows<Integer> rows = Rows.measure(3, index -> measured(index, 3));
        assertThat(rows.rows()).hasSize(3);
        assertThat(rows.verdict(true, "calls failed")).isEqualTo("ok");
        assertThat(rows.verdict(false, "calls failed")).isEqualTo("calls failed");
    }

    @Test
    void withoutAnyRowThereIsNoReport() {
        assertThatThrownBy(() -> Rows.measure(2, index -> measured(index, 0))).hasMessage("no room");
    }

    private static int measured(int index, int from) throws IOException {
        if (index >= from) {
            throw new IOException("no room");
        }
        return index;
    }
}

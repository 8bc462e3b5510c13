package org.sempervox.cluster.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaCommandTest {
    @Test
    void moreOptionsAreSplitAndNameTheNode() {
        assertThat(JavaCommand.more(" -Xlog:gc:file=/tmp/{node}.gc  -XX:+UseParallelGC ", "n1"))
                .containsExactly("-Xlog:gc:file=/tmp/n1.gc", "-XX:+UseParallelGC");
        assertThat(JavaCommand.more(" ", "n1")).isEmpty();
    }
}

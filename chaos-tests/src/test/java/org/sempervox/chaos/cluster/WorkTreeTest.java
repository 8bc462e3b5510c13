package org.sempervox.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTreeTest {
    @TempDir
    Path folder;

    @Test
    void aFolderGoesWithAllInItAndTheEmptyOneAboveIt() throws Exception {
        Path store = folder.resolve("cluster").resolve("store");
        Files.createDirectories(store.resolve("deep"));
        Files.createFile(store.resolve("deep").resolve("file"));
        WorkTree.delete(store);
        assertThat(folder.resolve("cluster")).doesNotExist();
        assertThat(folder).exists();
    }

    @Test
    void whereNothingIsNothingIsDeleted() {
        WorkTree.delete(folder.resolve("cluster").resolve("store"));
        assertThat(folder).exists();
    }
}

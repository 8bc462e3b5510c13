package org.sempervox.chaos.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that makes a laboratory, uses all of it and waits to be killed. */
final class OrphanedLab {
    private OrphanedLab() {}

    /** The folder of the laboratory. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Lab lab = Lab.create(folder, List.of("n1", "n2"));
        var capture = lab.capture(folder.resolve("captures"));
        lab.cut("n1", "n2");
        lab.powerOff("n2");
        for (String host : lab.hosts()) {
            var command = new java.util.ArrayList<>(lab.front(host));
            command.addAll(List.of("sleep", "600"));
            new ProcessBuilder(command).start();
        }
        System.out.println(
                "made " + lab.host("n1").port() + " " + capture.files().size());
        new CountDownLatch(1).await();
    }
}

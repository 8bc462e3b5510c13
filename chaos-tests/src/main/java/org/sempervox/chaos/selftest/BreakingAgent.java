package org.sempervox.chaos.selftest;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.jspecify.annotations.Nullable;

/**
 * Java agent of a node: makes it the broken build of the name that it is given. Whatever is amiss with that (a name that nobody knows, a
 * method that the product has no longer) is thrown, which ends the node before it has started.
 */
public final class BreakingAgent {
    private BreakingAgent() {}

    /** Called by the virtual machine before the program's own main method. */
    public static void premain(String name, Instrumentation instrumentation) {
        BrokenBuild build = BrokenBuilds.named(name);
        Map<String, byte[]> classes =
                PatchedClasses.of(build.patches(), ClassFileLocator.ForClassLoader.ofSystemLoader());
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (classes.containsKey(loaded.getName())) {
                throw new IllegalStateException(loaded + " was loaded before it could be broken");
            }
        }
        instrumentation.addTransformer(new Exchange(classes));
        System.out.println("selftest: this is the build " + name + ", with another " + classes.keySet());
    }

    private record Exchange(Map<String, byte[]> classes) implements ClassFileTransformer {
        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String className,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] classFile) {
            return className == null ? null : classes.get(className.replace('/', '.'));
        }
    }
}

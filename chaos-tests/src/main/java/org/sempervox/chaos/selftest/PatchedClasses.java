package org.sempervox.chaos.selftest;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;

/** Class files of the product with advice copied into them. Reads class files only: nothing of the product is loaded. */
final class PatchedClasses {
    private PatchedClasses() {}

    /** By class name; throws if a method is not there exactly once or an advice does not fit it. */
    static Map<String, byte[]> of(List<Patch> patches, ClassFileLocator locator) {
        TypePool pool = TypePool.Default.of(locator);
        var builders = new LinkedHashMap<String, DynamicType.Builder<?>>();
        for (Patch patch : patches) {
            TypeDescription type = pool.describe(patch.type()).resolve();
            ElementMatcher.Junction<MethodDescription> method =
                    named(patch.method()).and(takesArguments(patch.parameters()));
            int found = type.getDeclaredMethods().filter(method).size();
            if (found != 1) {
                throw new IllegalStateException(patch + " is there " + found + " times: nothing would be broken");
            }
            TypeDescription advice = pool.describe(patch.advice().getName()).resolve();
            builders.put(
                    patch.type(),
                    builders.getOrDefault(patch.type(), new ByteBuddy().decorate(type, locator))
                            .visit(Advice.withCustomMapping()
                                    .with(new Advice.AssignReturned.Factory())
                                    .to(advice, locator)
                                    .on(method)));
        }
        var bytes = new LinkedHashMap<String, byte[]>();
        builders.forEach((name, builder) -> bytes.put(name, builder.make().getBytes()));
        return bytes;
    }
}

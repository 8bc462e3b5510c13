/** Hot functions one by one, for JMH; which generates its harness from these classes. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.bench.micro;

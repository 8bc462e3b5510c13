package org.sempervox.cluster.membership;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.DowningProvider;
import org.apache.pekko.cluster.sbr.SplitBrainResolverProvider;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/**
 * The shipped split-brain resolver, unchanged, and beside it the fast path for nodes that are certainly dead (S23).
 *
 * <p>What must hold where it is used: a node's address is the machine's own and stays with it (no virtual IP, NAT or published container
 * port), and no firewall between nodes answers for them ({@code REJECT}); see {@link Evidence}.
 */
public final class CertainDeathDowning extends DowningProvider {
    private final SplitBrainResolverProvider shipped;

    public CertainDeathDowning(ActorSystem system) {
        this.shipped = new SplitBrainResolverProvider(system);
    }

    @Override
    public FiniteDuration downRemovalMargin() {
        return shipped.downRemovalMargin();
    }

    @Override
    public Option<Props> downingActorProps() {
        Props resolver = shipped.downingActorProps().get();
        return Option.apply(Props.create(DeathWatchActor.class, () -> new DeathWatchActor(resolver)));
    }
}

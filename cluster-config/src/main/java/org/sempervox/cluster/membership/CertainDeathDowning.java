package org.sempervox.cluster.membership;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.DowningProvider;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/**
 * Gives up members that do not reach one another any more (docs/decisions/0017), and by a fast path those that are certainly dead (S23).
 *
 * <p>Nodes compare the name of this class before they join, and one with another name is refused: it stays what it was in 0.1.0.
 *
 * <p>What must hold where it is used: a node's address is the machine's own and stays with it (no virtual IP, NAT or published container
 * port), and no firewall between nodes answers for them ({@code REJECT}); see {@link Evidence}.
 */
public final class CertainDeathDowning extends DowningProvider {
    private final ActorSystem system;

    public CertainDeathDowning(ActorSystem system) {
        this.system = system;
    }

    @Override
    public FiniteDuration downRemovalMargin() {
        return Cluster.get(system).settings().DownRemovalMargin();
    }

    @Override
    public Option<Props> downingActorProps() {
        return Option.apply(Props.create(DeathWatchActor.class, DeathWatchActor::new));
    }
}

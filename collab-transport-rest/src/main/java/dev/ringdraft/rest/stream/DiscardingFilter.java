package dev.ringdraft.rest.stream;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;

/**
 * Reads what a client sends and forgets it, for connections on which nothing more may be asked. As
 * long as something reads, the client's end of the connection is noticed. Over TLS that is dropped
 * as it comes, not decrypted: answers go out by the filters that the connection began with.
 */
final class DiscardingFilter extends BaseFilter {
  private static final FilterChain CHAIN =
      FilterChainBuilder.stateless().add(new TransportFilter()).add(new DiscardingFilter()).build();

  private DiscardingFilter() {}

  /** What a connection reads with from then on. */
  static FilterChain chain() {
    return CHAIN;
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    if (context.getMessage() instanceof Buffer input) {
      input.tryDispose();
    }
    return context.getStopAction();
  }
}

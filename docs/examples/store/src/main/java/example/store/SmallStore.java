package example.store;

import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.Receipt;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.view.DraftSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A store in memory that keeps all promises of the contract. */
public final class SmallStore implements DraftEventStore {
  // begin rows
  /** One draft: its head, its events in order, and the receipts of its commands. Immutable. */
  private record Log(
      DraftSummary head, List<RecordedEvent> events, Map<CommandKey, Receipt> receipts) {}

  private final ConcurrentMap<DraftId, Log> logs = new ConcurrentHashMap<>();
  private final Epoch epoch = new Epoch(UUID.randomUUID().toString());

  // end rows

  // begin load
  @Override
  public Optional<DraftHead> load(DraftId draft, UserId member) {
    return log(draft)
        .filter(log -> log.head().isVisibleTo(member))
        .map(log -> new DraftHead(log.head(), null));
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, CommandKey command) {
    UserId actor = command.actor();
    return log(draft)
        .map(log -> new DraftHead(log.head(), log.receipts().get(command)))
        .filter(
            head ->
                actor.isReserved()
                    || head.receipt() != null
                    || head.summary().isVisibleTo(actor));
  }

  // end load

  // begin append
  @Override
  public synchronized AppendResult append(Commit commit) {
    Log before = log(commit.draft()).orElse(new Log(commit.after(), List.of(), Map.of()));
    if (before.events().size() != commit.expectedRevision()) {
      return new AppendResult.RevisionConflict();
    }
    if (before.receipts().containsKey(commit.key())) {
      return new AppendResult.CommandRepeated();
    }
    List<RecordedEvent> written = numbered(commit);
    logs.put(commit.draft(), after(before, commit, written));
    return new AppendResult.Appended(written);
  }

  private static List<RecordedEvent> numbered(Commit commit) {
    List<RecordedEvent> written = new ArrayList<>();
    for (DraftEvent event : commit.events()) {
      long revision = commit.expectedRevision() + written.size() + 1;
      written.add(new RecordedEvent(commit.draft(), revision, event));
    }
    return written;
  }

  private static Log after(Log before, Commit commit, List<RecordedEvent> written) {
    List<RecordedEvent> events = new ArrayList<>(before.events());
    events.addAll(written);
    Map<CommandKey, Receipt> receipts = new HashMap<>(before.receipts());
    receipts.put(commit.key(), new Receipt(commit.fingerprint(), written));
    return new Log(commit.after(), events, receipts);
  }

  // end append

  // begin read
  @Override
  public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
    return log(draft)
        .map(log -> log.events().stream().skip(revision).limit(limit).toList())
        .orElse(List.of());
  }

  @Override
  public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
    Map<DraftId, Long> heads = new HashMap<>();
    drafts.forEach(
        draft -> log(draft).ifPresent(log -> heads.put(draft, (long) log.events().size())));
    return heads;
  }

  @Override
  public Epoch epoch() {
    return epoch;
  }

  // end read

  private Optional<Log> log(DraftId draft) {
    return Optional.ofNullable(logs.get(draft));
  }
}

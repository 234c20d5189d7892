package example.drafts;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.Subscriber;
import dev.ringdraft.room.Subscription;
import dev.ringdraft.room.SubscriptionOptions;
import java.util.Optional;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/** Members follow {@code /drafts/{id}/live?after=REVISION}. */
class DraftSocketHandler extends TextWebSocketHandler {
  private static final String SUBSCRIBER = "subscriber";

  private final RoomHub rooms;

  DraftSocketHandler(RoomHub rooms) {
    this.rooms = rooms;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) throws Exception {
    UriComponents uri = UriComponentsBuilder.fromUri(session.getUri()).build();
    DraftId draft = new DraftId(uri.getPathSegments().get(1));
    UserId user = new UserId(session.getHandshakeHeaders().getFirst("X-User-Id"));
    long after = Long.parseLong(uri.getQueryParams().getFirst("after"));

    Optional<Subscription> admitted = rooms.admit(draft, user, after);
    if (admitted.isEmpty()) {
      CloseCode code = CloseCode.FORBIDDEN;
      session.close(new CloseStatus(code.code(), code.reason()));
      return;
    }
    Subscriber subscriber =
        admitted
            .get()
            .subscribe(new SpringConnection(session), SubscriptionOptions.live().after(after));
    session.getAttributes().put(SUBSCRIBER, subscriber);
    subscriber.start();
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    if (session.getAttributes().get(SUBSCRIBER) instanceof Subscriber subscriber) {
      subscriber.end();
    }
  }
}

package example.drafts;

import dev.ringdraft.room.Batch;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.room.SubscriberConnection;
import java.io.IOException;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * A WebSocket session of Spring as the connection of a subscriber. Its sends wait for the network,
 * so each runs on a virtual thread; the room has one open at a time, and ends a slow subscriber.
 */
record SpringConnection(WebSocketSession session) implements SubscriberConnection {
  @Override
  public void write(Batch batch, Completion completion) {
    Thread.startVirtualThread(() -> send(batch, completion));
  }

  private void send(Batch batch, Completion completion) {
    try {
      for (Delivery delivery : batch.deliveries()) {
        session.sendMessage(new TextMessage(delivery.text()));
      }
    } catch (IOException | RuntimeException gone) {
      completion.failed();
      return;
    }
    completion.written();
  }

  @Override
  public void close(CloseCode code) {
    Thread.startVirtualThread(
        () -> {
          try {
            session.close(new CloseStatus(code.code(), code.reason()));
          } catch (IOException | RuntimeException gone) {
            // The connection is closed already.
          }
        });
  }
}

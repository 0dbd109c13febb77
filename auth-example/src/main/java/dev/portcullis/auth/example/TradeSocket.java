package dev.portcullis.auth.example;

import dev.portcullis.auth.Caller;
import jakarta.servlet.ServletContext;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;

/**
 * The stream of an account, {@code /ws/full}: it tells whose it is, and then says back what it is sent. The filters have
 * decided on the upgrade who may open one. When the session or the key dies by which it was opened, it is closed.
 */
public final class TradeSocket extends Endpoint {

    private static final String PATH = "/ws/full";
    private static final int LONGEST_MESSAGE = 8192;

    private TradeSocket() {}

    /**
     * Adds it to an application, whose filters must stand in front of it.
     *
     * @param context the application, in which the container has its WebSockets ready
     * @throws IllegalStateException if there are none
     */
    public static void addTo(ServletContext context) {
        if (!(context.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer sockets)) {
            throw new IllegalStateException("The container has no WebSockets");
        }
        try {
            sockets.addEndpoint(ServerEndpointConfig.Builder.create(TradeSocket.class, PATH)
                    .configurator(new Made())
                    .build());
        } catch (DeploymentException e) {
            throw new IllegalStateException("The endpoint cannot be added", e);
        }
    }

    /** One for each connection, as the standard has it. */
    private static final class Made extends ServerEndpointConfig.Configurator {

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new TradeSocket());
        }
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
        session.setMaxBinaryMessageBufferSize(LONGEST_MESSAGE);
        try {
            if (session.getUserPrincipal() instanceof Caller caller) {
                String subject = String.valueOf(caller.subject());
                send(session, Map.of("stream", "v1.state", "feed", Map.of("subject", subject)));
                // Not a lambda: the container reads the type of the messages from the class.
                session.addMessageHandler(new Back(session));
            } else {
                session.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, ""));
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static void send(Session session, Object message) {
        session.getAsyncRemote().sendText(JSON.text(message));
    }

    private record Back(Session session) implements MessageHandler.Whole<String> {

        @Override
        public void onMessage(String text) {
            send(session, Map.of("stream", "v1.echo", "feed", Map.of("text", text)));
        }
    }
}

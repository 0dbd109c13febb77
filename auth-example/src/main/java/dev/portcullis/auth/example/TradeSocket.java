package dev.portcullis.auth.example;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.servlet.session.OpenSockets;
import jakarta.servlet.ServletContext;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stream of an account, {@code /ws/full}: it tells whose it is, and then says back what it is sent. The filters have
 * decided on the upgrade who may open one. When the session or the key dies by which it was opened, it is closed.
 */
public final class TradeSocket extends Endpoint {

    private static final String PATH = "/ws/full";
    private static final String HEADERS = "headers";
    private static final int LONGEST_MESSAGE = 8192;

    private final OpenSockets watched;
    private OpenSockets.@Nullable Watch watch;

    private TradeSocket(OpenSockets watched) {
        this.watched = watched;
    }

    /**
     * Adds it to an application, whose filters must stand in front of it.
     *
     * @param context the application, in which the container has its WebSockets ready
     * @param watched what closes it when the session or the key dies by which it was opened
     * @throws IllegalStateException if there are none
     */
    public static void addTo(ServletContext context, OpenSockets watched) {
        if (!(context.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer sockets)) {
            throw new IllegalStateException("The container has no WebSockets");
        }
        try {
            sockets.addEndpoint(ServerEndpointConfig.Builder.create(TradeSocket.class, PATH)
                    .configurator(new Made(watched))
                    .build());
        } catch (DeploymentException e) {
            throw new IllegalStateException("The endpoint cannot be added", e);
        }
    }

    /** Makes one for each connection, as the standard has it, and keeps what its handshake was. */
    private static final class Made extends ServerEndpointConfig.Configurator {

        private final OpenSockets watched;

        Made(OpenSockets watched) {
            this.watched = watched;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new TradeSocket(watched));
        }

        /** The properties are those of this connection alone. */
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties().put(HEADERS, request.getHeaders());
        }
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
        session.setMaxBinaryMessageBufferSize(LONGEST_MESSAGE);
        try {
            if (session.getUserPrincipal() instanceof Caller caller) {
                watch(session, config);
                String subject = String.valueOf(caller.subject());
                Outbox out = new Outbox(session);
                out.say(Map.of("stream", "v1.state", "feed", Map.of("subject", subject)));
                // Not a lambda: the container reads the type of the messages from the class.
                session.addMessageHandler(new Back(out));
            } else {
                session.close(new CloseReason(CloseCodes.VIOLATED_POLICY, ""));
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    @SuppressWarnings("unchecked") // what the configurator has put there
    private void watch(Session session, EndpointConfig config) {
        Map<String, List<String>> headers = (Map<String, List<String>>)
                Objects.requireNonNull(config.getUserProperties().remove(HEADERS));
        watch = watched.watch(
                PATH, headers, (code, reason) -> session.close(new CloseReason(CloseCodes.getCloseCode(code), reason)));
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        OpenSockets.Watch over = watch;
        if (over != null) {
            over.close();
        }
    }

    private record Back(Outbox out) implements MessageHandler.Whole<String> {

        @Override
        public void onMessage(String text) {
            out.say(Map.of("stream", "v1.echo", "feed", Map.of("text", text)));
        }
    }
}

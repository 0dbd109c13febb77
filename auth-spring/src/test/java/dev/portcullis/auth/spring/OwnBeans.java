package dev.portcullis.auth.spring;

import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.redis.RedisServer;
import dev.portcullis.auth.servlet.session.OpenSockets;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.Sessions;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import java.time.Duration;

/** What an application could have of its own. */
final class OwnBeans {

    private OwnBeans() {}

    /** Where nobody is. */
    static RedisServer redis() {
        return RedisServer.at("redis://127.0.0.1:1")
                .connectTimeout(Duration.ofMillis(10))
                .build();
    }

    static Sessions sessions() {
        return Sessions.builder()
                .store(new InMemorySessionStore())
                .keys(KeyJudge.ofNoKeys())
                .build();
    }

    static SessionAuthentication sessionAuthentication() {
        return SessionAuthentication.builder()
                .store(new InMemorySessionStore())
                .keys(KeyJudge.ofNoKeys())
                .build();
    }

    static OpenSockets sockets() {
        return OpenSockets.builder(request -> Outcome.notApplicable()).start();
    }

    static SignedRequestAuthentication signatures() {
        return SignedRequestAuthentication.builder()
                .store(new InMemorySigningKeyStore())
                .replayMemory(new InMemoryReplayMemory())
                .build();
    }
}

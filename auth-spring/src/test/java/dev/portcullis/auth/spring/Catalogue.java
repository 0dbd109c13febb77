package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Reason;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An application whose controllers ask for their caller in every way that does not need Spring Security. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Catalogue {

    /** Opens every route, so that what controllers ask for is all that keeps anybody out. */
    static final String OPEN = "portcullis.unnamed-routes=anyone";

    @Bean("/raw")
    Raw raw() {
        return new Raw();
    }

    /** A mapping of the application's own, which Spring MVC has not set up. */
    @Bean
    HandlerMapping ownMapping() {
        return new SimpleUrlHandlerMapping(Map.of("/own", new Raw()), 0);
    }

    /** What a controller sees of its caller. */
    @RestController
    static class Callers {

        @GetMapping("/caller")
        String caller(Caller caller) {
            return caller.getName();
        }

        @GetMapping("/caller/nullable")
        String nullable(@Nullable Caller caller) {
            return "nullable " + (caller == null ? null : caller.getName());
        }

        @GetMapping("/caller/optional")
        String optional(Optional<Caller> caller) {
            return "optional " + caller.map(Caller::getName);
        }

        @GetMapping("/caller/principal")
        String principal(@Nullable Principal principal, HttpServletRequest request) {
            return principal + " " + request.isUserInRole("catalog:read") + " " + request.isUserInRole("catalog") + " "
                    + request.getAuthType() + " " + request.getRemoteUser();
        }

        @GetMapping("/async/callable")
        Callable<String> callable(HttpServletRequest request) {
            return () -> "callable " + request.getUserPrincipal();
        }

        @GetMapping("/async/future")
        CompletableFuture<String> future(Caller caller) {
            return CompletableFuture.supplyAsync(() -> "future " + caller.getName());
        }

        @GetMapping("/async/deferred")
        @RequiresPermission("catalog:read")
        DeferredResult<String> deferred(Caller caller) {
            DeferredResult<String> result = new DeferredResult<>();
            new Thread(() -> result.setResult("deferred " + caller.getName())).start();
            return result;
        }

        @GetMapping("/async/stream")
        @RequiresPermission("catalog:read")
        SseEmitter stream(Caller caller) {
            SseEmitter events = new SseEmitter();
            new Thread(() -> send(events, caller)).start();
            return events;
        }

        private static void send(SseEmitter events, Caller caller) {
            try {
                events.send("for " + caller.getName());
                events.send("last");
                events.complete();
            } catch (IOException e) {
                events.completeWithError(e);
            }
        }

        @GetMapping("/thrown/unavailable")
        String unavailable() {
            throw new AuthUnavailableException(Reason.SIGNING_KEYS_UNAVAILABLE, Duration.ofSeconds(7));
        }

        @GetMapping("/thrown/error")
        String error() throws IOException {
            throw new IOException("the application's own");
        }

        @GetMapping("/forward")
        void forward(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
            request.getRequestDispatcher("/leagues/read").forward(request, response);
        }
    }

    /** A permission under a name of the application's own. */
    @RequiresPermission("catalog:write")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Writing {}

    /** What controllers have in common. */
    @RequiresPermission("catalog:read")
    interface ReadRules {

        @RequiresPermission("catalog:list")
        String list();
    }

    /** Methods that require permissions, here and by what they inherit. */
    @RestController
    static class Leagues implements ReadRules {

        @GetMapping("/leagues/read")
        String read() {
            return "read";
        }

        @Override
        @GetMapping("/leagues/list")
        public String list() {
            return "list";
        }

        @PostMapping("/leagues/write")
        @Writing
        String write() {
            return "write";
        }

        @GetMapping("/leagues/many")
        @RequiresPermission({"a", "b"})
        @RequiresPermission("c")
        String many() {
            return "many";
        }
    }

    /** A handler that is no method. */
    @RequiresPermission("raw:read")
    static class Raw implements HttpRequestHandler {

        @Override
        public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("raw");
        }
    }

    /** As many applications have it: everything that nobody knows is a 500 of their own. */
    @RestControllerAdvice
    static class Advice {

        @ExceptionHandler(RuntimeException.class)
        ResponseEntity<String> everything(RuntimeException problem) {
            return ResponseEntity.internalServerError()
                    .body("advice " + problem.getClass().getSimpleName());
        }
    }
}

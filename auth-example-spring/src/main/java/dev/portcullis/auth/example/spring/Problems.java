package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Tells what is wrong with a request, in the same form as a refusal. */
@RestControllerAdvice
class Problems {

    @ExceptionHandler
    ResponseEntity<Map<String, String>> problem(RequestProblem problem) {
        HttpHeaders headers = new HttpHeaders();
        String allow = problem.allow();
        if (allow != null) {
            headers.add(HttpHeaders.ALLOW, allow);
        }
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .body(Map.of("detail", String.valueOf(problem.getMessage())));
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    ResponseEntity<Map<String, String>> nothingThere() {
        return problem(RequestProblem.notFound());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, String>> otherMethod(HttpRequestMethodNotSupportedException problem) {
        return problem(RequestProblem.methodNotAllowed(allowed(problem.getSupportedHttpMethods())));
    }

    /** A query that the container cannot take apart. Left to it, the query would be logged. */
    @ExceptionHandler
    ResponseEntity<Map<String, String>> unreadable(InvalidParameterException problem) {
        int status = 400;
        return ResponseEntity.status(status).body(Map.of("detail", RequestProblem.detailOf(status)));
    }

    /** In the order in which they are usually named; what answers GET answers HEAD. */
    private static String allowed(@Nullable Set<HttpMethod> supported) {
        List<String> names = new ArrayList<>();
        for (HttpMethod method : HttpMethod.values()) {
            boolean served =
                    supported != null && supported.contains(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method);
            if (served) {
                names.add(method.name());
            }
        }
        return String.join(", ", names);
    }
}

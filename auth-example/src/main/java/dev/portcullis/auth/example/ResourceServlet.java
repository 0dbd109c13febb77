package dev.portcullis.auth.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves one kind of thing: list and create at {@code /}, get, change and delete at {@code /{id}/}; the slash at the end
 * is optional. Who may do what is no concern of this class: whoever gets here was let in.
 */
final class ResourceServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Pattern ONE = Pattern.compile("/([1-9][0-9]{0,17})/?");

    private final transient Resource resource;

    ResourceServlet(Resource resource) {
        this.resource = resource;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String path = request.getPathInfo();
            if (path == null || path.equals("/")) {
                serveAll(request, response);
            } else {
                serveOne(id(path), request, response);
            }
        } catch (RequestProblem problem) {
            response.setHeader("Allow", problem.allow());
            JSON.writeDetail(response, problem.status(), String.valueOf(problem.getMessage()));
        }
    }

    static long id(String path) throws RequestProblem {
        Matcher one = ONE.matcher(path);
        if (!one.matches()) {
            throw RequestProblem.notFound();
        }
        return Long.parseLong(one.group(1));
    }

    private void serveAll(HttpServletRequest request, HttpServletResponse response) throws IOException, RequestProblem {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> JSON.write(response, 200, resource.list());
            case "POST" -> {
                var created = resource.create(JSON.read(request));
                response.setHeader("Location", request.getServletPath() + "/" + created.get("id") + "/");
                JSON.write(response, 201, created);
            }
            default -> throw RequestProblem.methodNotAllowed("GET, HEAD, POST");
        }
    }

    private void serveOne(long id, HttpServletRequest request, HttpServletResponse response)
            throws IOException, RequestProblem {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> JSON.write(response, 200, resource.get(id));
            case "PUT" -> JSON.write(response, 200, resource.replace(id, JSON.read(request)));
            case "PATCH" -> JSON.write(response, 200, resource.change(id, JSON.read(request)));
            case "DELETE" -> {
                resource.delete(id);
                response.setStatus(204);
            }
            default -> throw RequestProblem.methodNotAllowed("GET, HEAD, PUT, PATCH, DELETE");
        }
    }
}

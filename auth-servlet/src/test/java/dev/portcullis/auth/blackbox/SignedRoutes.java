package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an application can do with the body of a request whose signature was checked. */
public final class SignedRoutes {

    private SignedRoutes() {}

    /** What each route requires; the path that is open to anyone may be none. */
    public static PermissionRules rules(String open) {
        PermissionRules.Builder rules = PermissionRules.builder()
                .rule("*", "/v1/**", Requirement.signedIn(), CredentialKind.SIGNATURE)
                .rule("POST", "/v1/inference/**", Requirement.signedIn(), CredentialKind.API_KEY)
                .rule("*", "/api/v1/signing-keys/**", Requirement.signedIn());
        return (open.isEmpty() ? rules : rules.rule("GET, POST", open, Requirement.anyone())).build();
    }

    /** Adds the servlets. */
    public static void addServlets(ServletContext context) {
        add(context, "/v1/bytes/*", new Bytes());
        add(context, "/v1/text/*", new Text());
        add(context, "/v1/parameters/*", new Parameters());
        add(context, "/v1/parts/*", new Parts()).setMultipartConfig(new MultipartConfigElement(""));
        add(context, "/v1/listener/*", new Listener());
        add(context, "/v1/forward/*", new Forward());
        add(context, "/v1/dispatch/*", new Dispatch());
        add(context, "/v1/inference", new Bytes());
        add(context, "/v1/inference/parts", new Parts()).setMultipartConfig(new MultipartConfigElement(""));
    }

    private static ServletRegistration.Dynamic add(ServletContext context, String path, HttpServlet servlet) {
        ServletRegistration.Dynamic added = context.addServlet(path, servlet);
        added.addMapping(path);
        added.setAsyncSupported(true);
        return added;
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, String body)
            throws IOException {
        var caller = AuthenticationFilter.callerOf(request);
        byte[] bytes = ((caller == null ? null : caller.subject()) + " " + body).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/octet-stream");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Reads bytes. */
    static final class Bytes extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            write(request, response, new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Reads characters. */
    static final class Text extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            write(request, response, request.getReader().lines().collect(Collectors.joining("|")));
        }
    }

    /** Reads parameters. */
    static final class Parameters extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Map<String, String> all = new TreeMap<>();
            request.getParameterMap().forEach((name, values) -> all.put(name, String.join("+", values)));
            write(request, response, all + " " + request.getParameter("a"));
        }
    }

    /** Takes a multipart form apart, and reads its fields as parameters. */
    static final class Parts extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.setCharacterEncoding("UTF-8");
            StringBuilder seen = new StringBuilder();
            try {
                for (Part part : request.getParts()) {
                    seen.append(part.getName())
                            .append('|')
                            .append(part.getSubmittedFileName())
                            .append('|')
                            .append(part.getContentType())
                            .append('|')
                            .append(part.getHeader("X-Own"))
                            .append('|')
                            .append(part.getSize())
                            .append('|')
                            .append(new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                            .append('\n');
                }
                Part a = request.getPart("a");
                seen.append(a == null ? null : a.getName()).append('|').append(request.getPart("none"));
            } catch (IOException | ServletException | IllegalStateException e) {
                response.setStatus(400);
                return;
            }
            request.getParameterMap().keySet().stream()
                    .sorted()
                    .forEach(name -> seen.append('\n')
                            .append(name)
                            .append('=')
                            .append(String.join("+", request.getParameterValues(name))));
            write(request, response, seen.toString());
        }
    }

    /** Reads as the bytes come. */
    static final class Listener extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AsyncContext context = request.startAsync(request, response);
            ServletInputStream in = request.getInputStream();
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            in.setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                    byte[] some = new byte[3];
                    while (in.isReady() && !in.isFinished()) {
                        read.write(some, 0, Math.max(0, in.read(some)));
                    }
                }

                @Override
                public void onAllDataRead() throws IOException {
                    write(request, response, read.toString(StandardCharsets.UTF_8));
                    context.complete();
                }

                @Override
                public void onError(Throwable failure) {
                    response.setStatus(500);
                    context.complete();
                }
            });
        }
    }

    /** Hands the request on. */
    static final class Forward extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.getRequestDispatcher("/v1/bytes").forward(request, response);
        }
    }

    /** Dispatches the container's own request, which the filters have wrapped in nothing. */
    static final class Dispatch extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            request.startAsync().dispatch("/v1/bytes");
        }
    }
}

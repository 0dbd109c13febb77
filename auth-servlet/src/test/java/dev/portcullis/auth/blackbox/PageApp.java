package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import dev.portcullis.auth.servlet.keys.KeyPageServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.EnumSet;

/** An application with the key page, under a context path, with real tokens; its endpoints can be made to fail. */
final class PageApp implements App {

    final APIKeys keys =
            APIKeys.builder().store(new InMemoryAPIKeyStore()).maximumKeys(200).build();

    final Trouble trouble = new Trouble();

    /** What the script of the application hands over. */
    volatile String script = "";

    @Override
    public String contextPath() {
        return "/shop";
    }

    @Override
    public void deploy(ServletContext context, Trust trust, Witness witness) {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/api-keys/**", Requirement.anyone())
                .rule("GET", "/signed-in/**", Requirement.anyone())
                .rule("GET", "/token.js", Requirement.anyone())
                .rule("GET, POST, PATCH, DELETE", KeyApp.BASE + "/**", Requirement.signedIn())
                .build();
        FilterRegistration.Dynamic troubled = context.addFilter("trouble", trouble);
        troubled.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, KeyApp.BASE + "/*");
        Deployment.add(
                context,
                AuthenticationFilter.builder(trust.method()).build(),
                PermissionFilter.builder(rules).build());
        context.addServlet("keys", APIKeyServlet.builder(keys).build()).addMapping(KeyApp.BASE + "/*");
        context.addServlet("page", KeyPageServlet.builder().build()).addMapping("/api-keys/*");
        context.addServlet(
                        "page with a script",
                        KeyPageServlet.builder().tokenScript("/token.js").build())
                .addMapping("/signed-in/*");
        context.addServlet("script", new Script()).addMapping("/token.js");
    }

    private final class Script extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/javascript;charset=utf-8");
            response.getWriter().write(script);
        }
    }

    /** Answers in the place of the endpoints, or has them wait, for as long as it is told to. */
    static final class Trouble extends HttpFilter {

        private static final long serialVersionUID = 1L;

        /** Nothing, a status, or: lost, for an answer that never comes although all was done. */
        volatile String what = "";

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            switch (what) {
                case "" -> chain.doFilter(request, response);
                case "lost" -> {
                    chain.doFilter(request, new HttpServletResponseWrapper(response) {
                        @Override
                        public ServletOutputStream getOutputStream() throws IOException {
                            throw new IOException("The answer is lost");
                        }
                    });
                }
                case "503" -> answer(response, 503, "API key store is unavailable.");
                case "401" -> answer(response, 401, "Token has expired.");
                default -> {
                    response.setStatus(Integer.parseInt(what));
                    response.setContentType("text/html");
                    response.getWriter().write("<h1>Not what the page expects</h1>");
                }
            }
        }

        private static void answer(HttpServletResponse response, int status, String detail) throws IOException {
            response.setStatus(status);
            response.setHeader("Retry-After", status == 503 ? "7" : null);
            response.setContentType("application/json");
            response.getWriter().write("{\"detail\":\"" + detail + "\"}");
        }
    }
}

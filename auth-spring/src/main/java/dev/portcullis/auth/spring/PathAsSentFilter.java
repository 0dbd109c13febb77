package dev.portcullis.auth.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import org.springframework.web.util.UriUtils;

/**
 * Keeps requests from failing whose path was sent in another spelling than the one by which the container has found a
 * servlet, such as {@code /keys;x=y/} for one at {@code /keys/*}. Spring takes it for granted that the path begins with
 * the servlet's own, and throws before anybody is asked who may do what. Without the servlet's path it has nothing to
 * take for granted, and the rules decide as they do everywhere.
 */
final class PathAsSentFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletMapping mapping = request.getHttpServletMapping();
        chain.doFilter(
                mapping.getMappingMatch() == MappingMatch.PATH && !beginsWithServletPath(request)
                        ? new AtNoPath(request, mapping)
                        : request,
                response);
    }

    private static boolean beginsWithServletPath(HttpServletRequest request) {
        String path = request.getRequestURI();
        String start = request.getContextPath() + UriUtils.encodePath(request.getServletPath(), "UTF-8");
        return path.startsWith(start) && (path.length() == start.length() || path.charAt(start.length()) == '/');
    }

    /** A request to a servlet that stands at no path of its own. */
    private static final class AtNoPath extends HttpServletRequestWrapper {

        private final HttpServletMapping found;

        AtNoPath(HttpServletRequest request, HttpServletMapping found) {
            super(request);
            this.found = found;
        }

        @Override
        public HttpServletMapping getHttpServletMapping() {
            return new HttpServletMapping() {
                @Override
                public String getMatchValue() {
                    return "";
                }

                @Override
                public String getPattern() {
                    return "/";
                }

                @Override
                public String getServletName() {
                    return found.getServletName();
                }

                @Override
                public MappingMatch getMappingMatch() {
                    return MappingMatch.DEFAULT;
                }
            };
        }
    }
}

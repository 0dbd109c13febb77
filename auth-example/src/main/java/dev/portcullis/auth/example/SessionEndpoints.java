package dev.portcullis.auth.example;

import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.session.LoginServlet;
import dev.portcullis.auth.servlet.session.LogoutServlet;
import dev.portcullis.auth.servlet.session.SessionServlet;
import dev.portcullis.auth.servlet.session.UserLoginServlet;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.Sessions;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;

/** Where sessions are opened, listed and ended. */
final class SessionEndpoints {

    private final Sessions sessions;
    private final FilterSettings settings;

    SessionEndpoints(Sessions sessions, FilterSettings settings) {
        this.sessions = sessions;
        this.settings = settings;
    }

    void addTo(ServletContext servlets) {
        add(servlets, LoginServlet.builder(sessions).settings(settings).build(), "/auth/api_key/login");
        for (LoginType type : new LoginType[] {LoginType.WEB, LoginType.MOBILE}) {
            HttpServlet login =
                    UserLoginServlet.builder(sessions, type).settings(settings).build();
            add(servlets, login, "/auth/" + type.label() + "/login");
        }
        add(servlets, LogoutServlet.builder(sessions).settings(settings).build(), "/auth/logout");
        add(servlets, SessionServlet.builder(sessions).settings(settings).build(), "/auth/sessions/*");
    }

    /** By its path as its name. A slash at the end makes no difference, as in the rules. */
    private static void add(ServletContext servlets, HttpServlet servlet, String path) {
        var added = servlets.addServlet(path, servlet);
        added.addMapping(path);
        if (!path.endsWith("*")) {
            added.addMapping(path + "/");
        }
    }
}

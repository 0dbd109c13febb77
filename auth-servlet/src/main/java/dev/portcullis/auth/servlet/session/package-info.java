/**
 * The endpoints of sessions: {@link dev.portcullis.auth.servlet.session.LoginServlet} exchanges an API key for one,
 * {@link dev.portcullis.auth.servlet.session.UserLoginServlet} opens one for a user who has signed in,
 * {@link dev.portcullis.auth.servlet.session.LogoutServlet} ends it, and
 * {@link dev.portcullis.auth.servlet.session.SessionServlet} lists and ends the caller's own. All of them stand behind the two
 * filters:
 *
 * <pre>{@code
 * PermissionRules login =
 *         PermissionRules.builder().rule("POST", "/auth/api_key/login", Requirement.anyone()).build();
 * AuthenticationMethod method = AuthenticationMethod.firstOf(keys, sessionAuthentication, tokens)
 *         .admitting(admission)
 *         .exceptOn(login); // the login judges what is sent by itself, and answers in its own form
 * context.addServlet("login", LoginServlet.builder(sessions).build()).addMapping("/auth/api_key/login");
 * context.addServlet("web", UserLoginServlet.builder(sessions, LoginType.WEB).build()).addMapping("/auth/web/login");
 * context.addServlet("logout", LogoutServlet.builder(sessions).build()).addMapping("/auth/logout");
 * context.addServlet("sessions", SessionServlet.builder(sessions).build()).addMapping("/auth/sessions/*");
 * }</pre>
 *
 * <p>{@link dev.portcullis.auth.servlet.session.OpenSockets} closes the sockets of whoever may no longer call.
 */
@NullMarked
package dev.portcullis.auth.servlet.session;

import org.jspecify.annotations.NullMarked;

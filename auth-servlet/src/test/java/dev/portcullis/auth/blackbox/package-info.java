/**
 * The black-box suite: what a client sees, asked of a real server over a socket. It runs on Tomcat and on Jetty here;
 * another module runs it against its own server by implementing {@link dev.portcullis.auth.blackbox.Server} and the
 * suite's interfaces. {@link dev.portcullis.auth.blackbox.Routes} lists what has to be deployed.
 */
@NullMarked
package dev.portcullis.auth.blackbox;

import org.jspecify.annotations.NullMarked;

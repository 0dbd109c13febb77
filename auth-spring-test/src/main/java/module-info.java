/** What the tests of Spring applications need: callers for MockMvc, and a real issuer. */
@org.jspecify.annotations.NullMarked
open module dev.portcullis.auth.spring.test {
    requires transitive dev.portcullis.auth.spring;
    requires transitive dev.portcullis.auth.testkit;
    requires static transitive org.jspecify;
    requires spring.beans;
    requires spring.context;
    requires spring.core;
    requires static spring.security.core;
    requires static spring.security.test;
    requires transitive spring.test;
    requires spring.web;

    exports dev.portcullis.auth.spring.test;
}

/** What the tests of applications and stores need: real tokens, signed requests, a settable clock, the store contracts. */
@org.jspecify.annotations.NullMarked
module dev.portcullis.auth.testkit {
    requires transitive dev.portcullis.auth.core;
    requires com.nimbusds.jose.jwt;
    requires jdk.httpserver;
    requires static transitive org.jspecify;
    requires org.assertj.core;
    requires transitive org.junit.jupiter.api;

    exports dev.portcullis.auth.testkit;
}

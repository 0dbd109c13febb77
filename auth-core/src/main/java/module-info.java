/** Who is calling, how that was found out, and what they may do. */
@org.jspecify.annotations.NullMarked
module dev.portcullis.auth.core {
    requires java.net.http;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.core;

    exports dev.portcullis.auth;
    exports dev.portcullis.auth.apikey;
    exports dev.portcullis.auth.jwt;
    exports dev.portcullis.auth.signature;
}

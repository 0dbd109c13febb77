/** Who is calling, how that was found out, and what they may do. */
@org.jspecify.annotations.NullMarked
module dev.portcullis.auth.core {
    requires com.maxmind.db;
    requires inet.ipaddr;
    requires io.github.bucket4j.core;
    requires java.net.http;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.core;

    exports dev.portcullis.auth;
    exports dev.portcullis.auth.account;
    exports dev.portcullis.auth.apikey;
    exports dev.portcullis.auth.jwt;
    exports dev.portcullis.auth.place;
    exports dev.portcullis.auth.session;
    exports dev.portcullis.auth.signature;
}

/** The filters that put Portcullis in front of a servlet application, and the endpoints and the page for keys. */
@org.jspecify.annotations.NullMarked
module dev.portcullis.auth.servlet {
    requires transitive dev.portcullis.auth.core;
    requires transitive jakarta.servlet;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.core;

    exports dev.portcullis.auth.servlet;
    exports dev.portcullis.auth.servlet.keys;
    exports dev.portcullis.auth.servlet.session;
}

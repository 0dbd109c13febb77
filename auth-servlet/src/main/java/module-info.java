/** The filters that put Portcullis in front of a servlet application. */
@org.jspecify.annotations.NullMarked
module dev.portcullis.auth.servlet {
    requires transitive dev.portcullis.auth.core;
    requires transitive jakarta.servlet;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.portcullis.auth.servlet;
}

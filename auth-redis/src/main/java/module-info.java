/** What expires and what spreads: sessions, accounts and change notices in a Redis that nodes share. */
@org.jspecify.annotations.NullMarked
module dev.portcullis.auth.redis {
    requires transitive dev.portcullis.auth.core;
    requires lettuce.core;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.portcullis.auth.redis;
}

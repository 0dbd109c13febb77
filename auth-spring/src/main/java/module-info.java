/** Portcullis inside Spring: Boot auto-configuration, Spring Security, method rules, metrics. */
@org.jspecify.annotations.NullMarked
open module dev.portcullis.auth.spring {
    requires transitive dev.portcullis.auth.servlet;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires transitive spring.beans;
    requires transitive spring.boot;
    requires spring.boot.autoconfigure;
    requires transitive spring.context;
    requires transitive spring.core;
    requires static com.fasterxml.jackson.annotation;
    requires static dev.portcullis.auth.jdbc;
    requires static dev.portcullis.auth.redis;
    requires static java.sql;
    requires static micrometer.core;
    requires static micrometer.observation;
    requires static spring.aop;
    requires static spring.boot.actuator;
    requires static spring.boot.actuator.autoconfigure;
    requires static spring.boot.health;
    requires static spring.boot.security;
    requires static spring.boot.servlet;
    requires static spring.boot.sql;
    requires static spring.security.config;
    requires static spring.security.core;
    requires static spring.security.web;
    requires static spring.web;
    requires static spring.webmvc;

    exports dev.portcullis.auth.spring;
}

package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthenticationMethod;

/** Stands around the application's authentication methods as a whole. */
@FunctionalInterface
interface MethodDecorator {

    AuthenticationMethod around(AuthenticationMethod method);
}

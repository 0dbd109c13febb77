package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.servlet.RequestFault;
import org.jspecify.annotations.Nullable;

/** An endpoint cannot make anything of a request. Cheap to throw: it has no stack trace. */
final class RequestFaultException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RequestFault fault;
    private final @Nullable String allow;

    RequestFaultException(RequestFault fault) {
        this(fault, null);
    }

    private RequestFaultException(RequestFault fault, @Nullable String allow) {
        super(fault.detail(), null, false, false);
        this.fault = fault;
        this.allow = allow;
    }

    /** A method that is not there, when these are. */
    static RequestFaultException notAllowed(String allow) {
        return new RequestFaultException(RequestFault.METHOD_NOT_ALLOWED, allow);
    }

    RequestFault fault() {
        return fault;
    }

    /** The value of {@code Allow}, or null. */
    @Nullable
    String allow() {
        return allow;
    }
}

package dev.portcullis.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is let in at all, once it is known who is calling and before any route's rule is asked: by where it
 * comes from, and by how the caller's account stands.
 *
 * <p>Implementations are safe for use by many threads at once.
 */
@FunctionalInterface
public interface Admission {

    /**
     * Judges one request.
     *
     * @param caller who is calling, or null if the request bears no credential
     * @param request the request
     * @return why it is not let in, one of the 403 reasons; or null if it is
     * @throws AuthUnavailableException if that could not be found out, because of the server's own trouble
     */
    @Nullable
    Reason objection(@Nullable Caller caller, AuthRequest request);

    /**
     * This admission, except on routes where a caller who is proven is let in in spite of its address and of its account's
     * standing: for an endpoint that tells a caller why it is turned away elsewhere. A denied country stays denied.
     *
     * @param routes rules that open the routes in question to anyone; all others stay as they are
     * @return the admission with its exceptions
     */
    default Admission exceptOn(PermissionRules routes) {
        return (caller, request) -> {
            Reason objection = objection(caller, request);
            boolean lifted = objection != null
                    && objection != Reason.LOCATION_NOT_ALLOWED
                    && caller != null
                    && routes.decide(null, request) instanceof Decision.Permitted;
            return lifted ? null : objection;
        };
    }

    /**
     * Lets every request in.
     *
     * @return an admission without objections
     */
    static Admission everyone() {
        return (caller, request) -> null;
    }

    /**
     * Asks several in order. The first objection is the answer.
     *
     * @param admissions the admissions, in the order in which they are asked
     * @return the combined admission
     */
    static Admission allOf(Admission... admissions) {
        List<Admission> all = List.of(admissions);
        return (caller, request) -> {
            for (Admission admission : all) {
                Reason objection = admission.objection(caller, request);
                if (objection != null) {
                    return objection;
                }
            }
            return null;
        };
    }
}

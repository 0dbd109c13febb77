package dev.portcullis.auth.spring;

import dev.portcullis.auth.Decision;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.springframework.security.authorization.AuthorizationResult;

/** What a requirement has refused, on its way through Spring Security to what writes the answer. */
final class RuleRefusal implements AuthorizationResult {

    private static final long serialVersionUID = 1L;

    private final transient Decision.Refused decision;

    RuleRefusal(Decision.Refused decision) {
        this.decision = decision;
    }

    Decision.Refused decision() {
        return decision;
    }

    @Override
    public boolean isGranted() {
        return false;
    }

    @Override
    public String toString() {
        return decision.toString();
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("A refusal lives as long as its request");
    }
}

package dev.portcullis.auth.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at a failed start which property is wrong, and what to do. */
final class SettingFailureAnalyzer extends AbstractFailureAnalyzer<SettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingException cause) {
        String description = "Portcullis cannot start: the property " + cause.property() + " " + cause.problem() + ".";
        return new FailureAnalysis(description, cause.remedy(), cause);
    }
}

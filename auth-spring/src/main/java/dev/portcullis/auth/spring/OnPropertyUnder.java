package dev.portcullis.auth.spring;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Asks for {@link ConditionalOnPropertyUnder}. */
final class OnPropertyUnder extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, @Nullable Object> attributes =
                metadata.getAnnotationAttributes(ConditionalOnPropertyUnder.class.getName());
        ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnPropertyUnder.class);
        if (attributes != null && attributes.get("value") instanceof String[] names) {
            for (String name : names) {
                if (isThere(context.getEnvironment(), name)) {
                    return ConditionOutcome.match(message.foundExactly(name));
                }
            }
            return ConditionOutcome.noMatch(
                    message.didNotFind("property", "properties").items((Object[]) names));
        }
        return ConditionOutcome.noMatch(message.because("no name is given"));
    }

    /** Whether a property bears this name or stands under it. */
    static boolean isThere(Environment environment, String name) {
        Binder binder = Binder.get(environment);
        return binder.bind(name, Bindable.of(String.class)).isBound()
                || binder.bind(name, Bindable.mapOf(String.class, Object.class)).isBound();
    }
}

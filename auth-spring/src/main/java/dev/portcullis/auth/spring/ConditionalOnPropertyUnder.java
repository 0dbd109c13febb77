package dev.portcullis.auth.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** Where any property stands under one of these names, or bears it itself. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Conditional(OnPropertyUnder.class)
@interface ConditionalOnPropertyUnder {

    /** Names of properties. */
    String[] value();
}

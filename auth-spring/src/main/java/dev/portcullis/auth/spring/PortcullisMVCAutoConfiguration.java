package dev.portcullis.auth.spring;

import dev.portcullis.auth.servlet.FilterSettings;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** {@link RequiresPermission} and a {@code Caller} parameter for controllers. */
@AutoConfiguration(after = PortcullisAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(WebMvcConfigurer.class)
final class PortcullisMVCAutoConfiguration {

    private final MethodRequirements requirements = new MethodRequirements();

    /** As a bean of this kind it stands before the handlers of every mapping, also of those that an application makes. */
    @Bean
    @ConditionalOnMissingBean(name = "portcullisPermissionInterceptor")
    MappedInterceptor portcullisPermissionInterceptor(FilterSettings settings) {
        return new MappedInterceptor(null, new PermissionInterceptor(requirements, settings));
    }

    @Bean
    @ConditionalOnMissingBean(name = "portcullisMethodRuleCheck")
    SmartInitializingSingleton portcullisMethodRuleCheck(
            ConfigurableListableBeanFactory beans, ObjectProvider<AbstractHandlerMethodMapping<?>> mappings) {
        return new MethodRuleCheck(requirements, beans, mappings);
    }

    @Bean
    @ConditionalOnMissingBean(name = "portcullisArguments")
    SmartInitializingSingleton portcullisArguments(ObjectProvider<RequestMappingHandlerAdapter> adapters) {
        return () -> adapters.forEach(adapter -> putFirst(adapter, new CallerArgumentResolver()));
    }

    /** Spring's own resolver for principals would give a controller null where nobody is signed in. */
    private static void putFirst(RequestMappingHandlerAdapter adapter, HandlerMethodArgumentResolver ours) {
        List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
        resolvers.add(ours);
        resolvers.addAll(adapter.getArgumentResolvers() == null ? List.of() : adapter.getArgumentResolvers());
        adapter.setArgumentResolvers(resolvers);
    }

    /** Inside Spring Security. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.security.core.Authentication")
    static class Authentications {

        @Bean
        @ConditionalOnMissingBean(name = "portcullisAuthenticationArguments")
        SmartInitializingSingleton portcullisAuthenticationArguments(
                ObjectProvider<RequestMappingHandlerAdapter> adapters) {
            return () -> adapters.forEach(adapter -> putFirst(adapter, new AuthenticationArgumentResolver()));
        }
    }

    @Bean
    @ConditionalOnMissingBean(name = "portcullisNotSignedInResolver")
    HandlerExceptionResolver portcullisNotSignedInResolver(FilterSettings settings) {
        return new NotSignedInResolver(settings);
    }
}

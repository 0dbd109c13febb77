package dev.portcullis.auth.spring;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.Accounts;
import dev.portcullis.auth.place.CountryDatabase;
import dev.portcullis.auth.place.CountryLookup;
import dev.portcullis.auth.place.Places;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Who is let in, by where requests come from and by how accounts stand; an application's own Admission beans stand beside. */
@AutoConfiguration(before = PortcullisAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(PortcullisProperties.class)
final class PortcullisAdmissionAutoConfiguration {

    static final int PLACES_ORDER = 10;
    static final int ACCOUNTS_ORDER = 20;

    /** None, where no file is named. */
    @Bean
    @ConditionalOnMissingBean(CountryLookup.class)
    @Nullable
    CountryDatabase portcullisCountries(PortcullisProperties properties) {
        return new PlaceSettings(properties.places()).database();
    }

    @Bean
    @Order(PLACES_ORDER)
    @ConditionalOnMissingBean
    Places portcullisPlaces(PortcullisProperties properties, ObjectProvider<CountryLookup> lookup) {
        return new PlaceSettings(properties.places()).places(lookup.getIfUnique());
    }

    /** How accounts stand, where somebody knows. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(AccountStore.class)
    static class Standing {

        @Bean
        @Order(ACCOUNTS_ORDER)
        @ConditionalOnMissingBean
        Accounts portcullisAccounts(AccountStore store) {
            return Accounts.in(store);
        }
    }
}

package dev.portcullis.auth.spring;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** What tells of changes that other nodes make in the database, where there are copies of what is kept there. */
@AutoConfiguration(after = PortcullisDatabaseAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(JDBCAPIKeyStore.class)
@ConditionalOnSingleCandidate(DataSource.class)
@Conditional(PortcullisNoticesAutoConfiguration.OnCopies.class)
final class PortcullisNoticesAutoConfiguration {

    /** None, where the database has none. They hold one connection. */
    @Bean
    @ConditionalOnMissingBean
    @Nullable
    ChangeNotices portcullisChangeNotices(PortcullisProperties properties, DataSource source) {
        return new StoreSettings(properties).notices(source);
    }

    /** Whether there are copies of anything in the database. */
    static final class OnCopies extends AnyNestedCondition {

        OnCopies() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnBean(value = CachedAPIKeyStore.class, name = "portcullisAPIKeyStore")
        static class OfKeys {}

        @ConditionalOnBean(name = "portcullisDatabaseSessions")
        static class OfSessions {}

        @ConditionalOnBean(name = "portcullisDatabaseAccounts")
        static class OfAccounts {}

        @ConditionalOnBean(name = "portcullisDatabaseSigningKeys")
        static class OfSigningKeys {}
    }
}

package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.servlet.filter.OrderedFormContentFilter;
import org.springframework.mock.env.MockEnvironment;

/** Where requests can be signed, forms are read behind what authenticates: nothing of the body would be left to check. */
class FormOrderTest {

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final MockEnvironment environment = new MockEnvironment();
    private final OrderedFormContentFilter filter = new OrderedFormContentFilter();
    private final FormOrder order = new FormOrder(beans, environment);

    private int orderOf(OrderedFormContentFilter form) {
        assertThat(order.postProcessBeforeInitialization(form, "form")).isSameAs(form);
        return form.getOrder();
    }

    private void requestsCanBeSigned() {
        beans.registerSingleton(
                "signed",
                SignedRequestAuthentication.builder()
                        .store(new InMemorySigningKeyStore())
                        .replayMemory(new InMemoryReplayMemory())
                        .build());
    }

    @Test
    void without_signatures_it_stays_where_spring_has_it() {
        assertThat(orderOf(filter)).isEqualTo(new OrderedFormContentFilter().getOrder());
    }

    @Test
    void with_signatures_it_stands_behind_our_filters_and_spring_securitys() {
        requestsCanBeSigned();
        int ours = PortcullisFilterAutoConfiguration.PERMISSION_ORDER;
        assertThat(orderOf(filter)).isEqualTo(Math.max(-100, ours) + 1);
        environment.setProperty("spring.security.filter.order", String.valueOf(ours + 50));
        assertThat(orderOf(filter)).isEqualTo(ours + 51);
        environment.setProperty("spring.security.filter.order", String.valueOf(ours - 50));
        assertThat(orderOf(filter)).isEqualTo(ours + 1);
    }

    @Test
    void other_beans_are_left_as_they_are() {
        requestsCanBeSigned();
        Object other = new Object();
        assertThat(order.postProcessBeforeInitialization(other, "other")).isSameAs(other);
    }
}

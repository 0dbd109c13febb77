package dev.portcullis.auth.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.authenticated;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.portcullis.auth.spring.CallerAuthentication;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest(classes = TestApplication.class)
@AutoConfigureMockMvc
@TestPropertySource(
        properties = {
            "portcullis.rules[0].path=/api/v1/leagues/**",
            "portcullis.rules[0].permissions=catalog:read",
            "portcullis.rules[1].path=/me",
            "portcullis.rules[1].signed-in=true"
        })
@WithCaller(subject = "user_7", permissions = "catalog:read")
class WithCallerTest {

    @Autowired
    private MockMvc mvc;

    @Test
    void the_context_holds_the_caller() {
        assertThat(SecurityContextHolder.getContext().getAuthentication())
                .isInstanceOfSatisfying(
                        CallerAuthentication.class,
                        authentication ->
                                assertThat(authentication.caller().subject()).isEqualTo("user_7"));
    }

    @Test
    void a_request_comes_from_the_caller() throws Exception {
        mvc.perform(get("/api/v1/leagues/1"))
                .andExpect(status().isOk())
                .andExpect(content().string("Caller[JWT, subject=user_7, permissions=[catalog:read]] true"))
                .andExpect(authenticated().withUsername("user_7"));
        mvc.perform(post("/api/v1/leagues/1")).andExpect(status().isForbidden());
    }

    @Test
    @WithCaller(permissions = {"catalog:read", "catalog:write"})
    void what_stands_on_the_method_counts() throws Exception {
        mvc.perform(post("/api/v1/leagues/1")).andExpect(status().isOk());
        mvc.perform(get("/me")).andExpect(content().string("user_1"));
    }
}

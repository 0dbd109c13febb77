package dev.portcullis.auth.spring.test;

import static dev.portcullis.auth.spring.test.CallerPostProcessor.caller;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.portcullis.auth.CredentialKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** One line signs a caller in, and everything else is as for a real request. */
class CallerPostProcessorTest {

    @Nested
    @SpringBootTest(classes = TestApplication.class)
    @AutoConfigureMockMvc
    class WithSpringSecurity extends Rows {}

    @Nested
    @SpringBootTest(classes = TestApplication.class)
    @AutoConfigureMockMvc
    @TestPropertySource(properties = "portcullis.mode=filters")
    class WithoutSpringSecurity extends Rows {}

    @Nested
    @WebMvcTest(TestApplication.class)
    class InASlice extends Rows {}

    @Nested
    @WebMvcTest(TestApplication.class)
    @TestPropertySource(properties = "portcullis.mode=filters")
    class InASliceWithoutSpringSecurity extends Rows {}

    @TestPropertySource(
            properties = {
                "portcullis.rules[0].path=/api/v1/leagues/**",
                "portcullis.rules[0].permissions=catalog:read",
                "portcullis.rules[1].path=/me",
                "portcullis.rules[1].signed-in=true"
            })
    abstract static class Rows {

        @Autowired
        private MockMvc mvc;

        @Test
        void a_caller_is_let_in_where_it_may_go() throws Exception {
            mvc.perform(get("/api/v1/leagues/1").with(caller("user_1", "catalog:read")))
                    .andExpect(status().isOk())
                    .andExpect(content().string("Caller[JWT, subject=user_1, permissions=[catalog:read]] true"));
            mvc.perform(get("/me").with(caller(null))).andExpect(content().string("null"));
        }

        @Test
        void nobody_is_let_in_without_one() throws Exception {
            mvc.perform(get("/api/v1/leagues/1"))
                    .andExpect(status().isUnauthorized())
                    .andExpect(header().string("WWW-Authenticate", "Bearer"))
                    .andExpect(content().string("{\"detail\":\"Authentication credentials were not provided.\"}"));
            mvc.perform(get("/me").header(TestCallers.HEADER, "made-up")).andExpect(status().isUnauthorized());
        }

        @Test
        void rules_and_annotations_hold_for_it() throws Exception {
            mvc.perform(get("/api/v1/leagues/1").with(caller("user_1", "holdings:read")))
                    .andExpect(status().isForbidden())
                    .andExpect(header().string(
                                    "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"catalog:read\""));
            mvc.perform(post("/api/v1/leagues/1").with(caller("user_1", "catalog:read")))
                    .andExpect(status().isForbidden())
                    .andExpect(header().string(
                                    "WWW-Authenticate",
                                    "Bearer error=\"insufficient_scope\", scope=\"catalog:write\""));
        }

        @Test
        void kind_and_attributes_are_as_the_test_says() throws Exception {
            mvc.perform(post("/api/v1/leagues/1")
                            .with(caller("user_1", "catalog:read", "catalog:write")
                                    .kind(CredentialKind.API_KEY)
                                    .attribute("key_id", "7")))
                    .andExpect(content().string("API_KEY {key_id=7}"));
        }
    }

    @Test
    void without_an_application_context_the_caller_is_on_the_request() throws Exception {
        MockMvcBuilders.standaloneSetup(new TestApplication())
                .build()
                .perform(get("/api/v1/leagues/1").with(caller("user_1", "catalog:read")))
                .andExpect(status().isOk());
    }
}

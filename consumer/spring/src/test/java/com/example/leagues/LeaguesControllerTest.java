package com.example.leagues;

import static dev.portcullis.auth.spring.test.CallerPostProcessor.caller;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(LeaguesController.class)
class LeaguesControllerTest {

    @Autowired
    MockMvc mvc;

    @Test
    void who_may_read_reads() throws Exception {
        mvc.perform(get("/api/leagues").with(caller("user_1", "catalog:read"))).andExpect(status().isOk());
    }

    @Test
    void who_may_write_adds_in_their_own_name() throws Exception {
        mvc.perform(post("/api/leagues").content("Serie A").with(caller("user_1", "catalog:write")))
                .andExpect(status().isOk())
                .andExpect(content().json("{\"added\":\"Serie A\",\"by\":\"user_1\"}"));
    }

    @Test
    void write_does_not_imply_read() throws Exception {
        mvc.perform(get("/api/leagues").with(caller("user_1", "catalog:write")))
                .andExpect(status().isForbidden())
                .andExpect(header().string(
                        "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"catalog:read\""));
    }

    @Test
    void nobody_else_gets_in() throws Exception {
        mvc.perform(get("/api/leagues")).andExpect(status().isUnauthorized());
        mvc.perform(get("/admin").with(caller("user_1", "catalog:read"))).andExpect(status().isForbidden());
    }
}

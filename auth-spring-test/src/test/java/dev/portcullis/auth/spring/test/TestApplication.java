package dev.portcullis.auth.spring.test;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.spring.RequiresPermission;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A small catalogue. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class TestApplication {

    @GetMapping("/api/v1/leagues/{id}")
    String league(HttpServletRequest request) {
        return request.getUserPrincipal() + " " + request.isUserInRole("catalog:read");
    }

    @PostMapping("/api/v1/leagues/{id}")
    @RequiresPermission("catalog:write")
    String change(Caller caller) {
        return caller.kind() + " " + caller.attributes();
    }

    @GetMapping("/me")
    String me(Caller caller) {
        return String.valueOf(caller.subject());
    }
}

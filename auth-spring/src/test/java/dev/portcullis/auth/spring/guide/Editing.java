package dev.portcullis.auth.spring.guide;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.spring.RequiresPermission;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rules at methods, of both kinds. */
final class Editing {

    private Editing() {}

    @RestController
    @RequiresPermission("catalog:read")
    static class ReportsController {

        private final Reports reports;

        ReportsController(Reports reports) {
            this.reports = reports;
        }

        @GetMapping("/api/reports")
        @RequiresPermission("holdings:read")
        String report(Caller caller) {
            return "for " + caller.getName();
        }

        @PostMapping("/api/reports")
        String make(@AuthenticationPrincipal Caller caller) {
            return reports.make(caller.getName());
        }
    }

    @Service
    static class Reports {

        @PreAuthorize("hasAuthority('reports:write')")
        public String make(String name) {
            return "made by " + name;
        }
    }
}

package com.example.leagues;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.spring.RequiresPermission;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/leagues")
class LeaguesController {

    @GetMapping
    List<String> list() {
        return List.of("Premier League", "Bundesliga");
    }

    @PostMapping
    @RequiresPermission("catalog:write")
    Map<String, String> add(@RequestBody String name, Caller caller) {
        return Map.of("added", name, "by", caller.getName());
    }
}

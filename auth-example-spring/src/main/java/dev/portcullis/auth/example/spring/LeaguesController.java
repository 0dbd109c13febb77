package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.RequestProblem;
import dev.portcullis.auth.example.Resource;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The catalogue. Who may do what with it stands in {@code application.yaml}. */
@RestController
@RequestMapping("/api/v1/leagues")
class LeaguesController {

    private static final String ONE = "/{id:[1-9][0-9]{0,17}}";

    private final Resource leagues = Resource.leagues();

    @GetMapping({"", "/"})
    List<Map<String, Object>> list() {
        return leagues.list();
    }

    @PostMapping({"", "/"})
    ResponseEntity<Map<String, Object>> create(JsonNode body) throws RequestProblem {
        Map<String, Object> created = leagues.create(body);
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Location", "/api/v1/leagues/" + created.get("id") + "/")
                .body(created);
    }

    @GetMapping({ONE, ONE + "/"})
    Map<String, Object> get(@PathVariable long id) throws RequestProblem {
        return leagues.get(id);
    }

    @PutMapping({ONE, ONE + "/"})
    Map<String, Object> replace(@PathVariable long id, JsonNode body) throws RequestProblem {
        return leagues.replace(id, body);
    }

    @PatchMapping({ONE, ONE + "/"})
    Map<String, Object> change(@PathVariable long id, JsonNode body) throws RequestProblem {
        return leagues.change(id, body);
    }

    @DeleteMapping({ONE, ONE + "/"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id) throws RequestProblem {
        leagues.delete(id);
    }
}

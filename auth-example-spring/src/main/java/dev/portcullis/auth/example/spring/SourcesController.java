package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.example.RequestProblem;
import dev.portcullis.auth.example.Resource;
import dev.portcullis.auth.spring.RequiresPermission;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

/** The holdings. Who may read them stands here, at the methods; who may change them in {@code application.yaml}. */
@RestController
@RequestMapping("/api/v1/sources")
class SourcesController {

    private static final Logger LOG = LoggerFactory.getLogger(SourcesController.class);
    private static final String ONE = "/{id:[1-9][0-9]{0,17}}";

    private final Resource sources = Resource.sources();

    @GetMapping({"", "/"})
    @RequiresPermission("holdings:read")
    List<Map<String, Object>> list() {
        return sources.list();
    }

    @PostMapping({"", "/"})
    ResponseEntity<Map<String, Object>> create(JsonNode body, Caller caller) throws RequestProblem {
        Map<String, Object> created = sources.create(body);
        LOG.debug("Source {} was added by means of {}", created.get("id"), caller.kind());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Location", "/api/v1/sources/" + created.get("id") + "/")
                .body(created);
    }

    @GetMapping({ONE, ONE + "/"})
    @RequiresPermission("holdings:read")
    Map<String, Object> get(@PathVariable long id) throws RequestProblem {
        return sources.get(id);
    }

    @PutMapping({ONE, ONE + "/"})
    Map<String, Object> replace(@PathVariable long id, JsonNode body) throws RequestProblem {
        return sources.replace(id, body);
    }

    @PatchMapping({ONE, ONE + "/"})
    Map<String, Object> change(@PathVariable long id, JsonNode body) throws RequestProblem {
        return sources.change(id, body);
    }

    @DeleteMapping({ONE, ONE + "/"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id) throws RequestProblem {
        sources.delete(id);
    }
}

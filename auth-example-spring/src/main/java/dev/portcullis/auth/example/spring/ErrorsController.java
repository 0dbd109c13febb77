package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.RequestProblem;
import jakarta.servlet.RequestDispatcher;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells of errors that nothing else has told of: no page, no stack trace, no name of what is inside. */
@RestController
class ErrorsController implements ErrorController {

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<Map<String, String>> error(
            @RequestAttribute(name = RequestDispatcher.ERROR_STATUS_CODE, required = false) Integer status) {
        int known = status == null ? 404 : status;
        return ResponseEntity.status(known).body(Map.of("detail", RequestProblem.detailOf(known)));
    }
}

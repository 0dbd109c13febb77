package dev.portcullis.auth.example.spring;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers in one piece, with their length. */
final class AnswerConverter extends AbstractHttpMessageConverter<Object> {

    private final JsonMapper mapper;

    AnswerConverter(JsonMapper mapper) {
        super(MediaType.APPLICATION_JSON);
        this.mapper = mapper;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return true;
    }

    /** Bodies are read by {@link BodyResolver}. */
    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("Bodies are read elsewhere", message);
    }

    @Override
    protected void writeInternal(Object answer, HttpOutputMessage message) throws IOException {
        byte[] bytes = mapper.writeValueAsBytes(answer);
        message.getHeaders().setContentLength(bytes.length);
        message.getBody().write(bytes);
    }
}

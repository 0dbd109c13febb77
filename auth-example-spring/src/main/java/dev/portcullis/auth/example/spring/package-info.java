/** The same catalogue and holdings API as a Spring Boot application. */
@NullMarked
package dev.portcullis.auth.example.spring;

import org.jspecify.annotations.NullMarked;

/** What {@code docs/spring.md} shows: its samples, which are compiled and run here as they stand there. */
@NullMarked
package dev.portcullis.auth.spring.guide;

import org.jspecify.annotations.NullMarked;

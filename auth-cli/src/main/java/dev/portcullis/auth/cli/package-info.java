/** The {@code portcullis} command: explains tokens and key sets, and manages API keys. */
@NullMarked
package dev.portcullis.auth.cli;

import org.jspecify.annotations.NullMarked;

/** A small catalogue and holdings API behind Portcullis, to try everything with. */
@NullMarked
package dev.portcullis.auth.example;

import org.jspecify.annotations.NullMarked;

/** JMH benchmarks, side by side with what users would pick instead. */
@NullMarked
package dev.portcullis.auth.benchmarks;

import org.jspecify.annotations.NullMarked;

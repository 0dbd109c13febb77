/** Races, each run millions of times by jcstress, in the packages of what they are about. */
@NullMarked
package dev.portcullis.auth;

import org.jspecify.annotations.NullMarked;

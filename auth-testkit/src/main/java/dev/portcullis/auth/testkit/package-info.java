/** What the tests of applications and stores need: real tokens, hostile tokens, a settable clock, the store contracts. */
@NullMarked
package dev.portcullis.auth.testkit;

import org.jspecify.annotations.NullMarked;

/** What expires and what spreads, in a Redis that nodes share: sessions, accounts and change notices. */
@NullMarked
package dev.portcullis.auth.redis;

import org.jspecify.annotations.NullMarked;

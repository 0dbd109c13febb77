/** API keys: issuing, storing as hashes, and checking. */
@NullMarked
package dev.portcullis.auth.apikey;

import org.jspecify.annotations.NullMarked;

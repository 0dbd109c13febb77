/**
 * What people and programs manage API keys with: {@link dev.portcullis.auth.servlet.keys.APIKeyServlet}, the endpoints;
 * {@link dev.portcullis.auth.servlet.keys.KeyPageServlet}, a page that uses them; and
 * {@link dev.portcullis.auth.servlet.keys.LeakServlet}, where secret-scanning partners report keys that they found in
 * public. All of them stand behind the two filters, on any container:
 *
 * <pre>{@code
 * context.addServlet("api-keys", APIKeyServlet.builder(keys).build()).addMapping("/api/v1/api-keys/*");
 * context.addServlet("key-page", KeyPageServlet.builder().build()).addMapping("/api-keys/*");
 * }</pre>
 */
@NullMarked
package dev.portcullis.auth.servlet.keys;

import org.jspecify.annotations.NullMarked;

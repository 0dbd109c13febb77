/** Fuzz targets: each takes the bytes of a client, and throws if something holds that must not. */
@org.jspecify.annotations.NullMarked
package dev.portcullis.auth.fuzz;

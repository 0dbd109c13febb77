package dev.portcullis.auth.jwt;

/** JSON's {@code null}, so that a member that is there can be told from one that is not. */
enum JSONNull {
    NULL
}

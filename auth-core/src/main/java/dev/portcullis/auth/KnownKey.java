package dev.portcullis.auth;

/**
 * An API key as a {@link KeyJudge} knew it when it was good. Whoever judges the key again can show this to the same judge,
 * who then need not look for it. It means nothing to anybody else, and nothing hangs on its being kept.
 */
public interface KnownKey {}

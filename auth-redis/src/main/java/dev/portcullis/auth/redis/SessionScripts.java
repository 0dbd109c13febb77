package dev.portcullis.auth.redis;

/**
 * What is done to sessions, each in one step. A session is a hash of its fields under the SHA-256 of its cookie's value. Its
 * identifier leads to it, and the sessions of an account, and of a key, are in sorted sets by the time at which they were
 * opened. All of it is forgotten by Redis a day after the session's time is over; a set, after the last of its sessions.
 */
final class SessionScripts {

    /** Lets go of one session, and tells so. */
    private static final String FORGET = """
            local prefix = ARGV[1]
            local function forget(hash)
              local name = prefix .. 'session:' .. hash
              local fields = redis.call('HMGET', name, 'id', 'account', 'key')
              if not fields[1] then
                return 0
              end
              redis.call('DEL', name, prefix .. 'session-id:' .. fields[1])
              redis.call('ZREM', prefix .. 'account-sessions:' .. fields[2], hash)
              if fields[3] then
                redis.call('ZREM', prefix .. 'key-sessions:' .. fields[3], hash)
              end
              redis.call('PUBLISH', prefix .. 'changes', 'sessions:' .. fields[1])
              return 1
            end
            """;

    /**
     * Names: the session, its identifier, its account's set and, if there is one, its key's. Values: prefix, hash, opened
     * at, over at, forgotten at, how many there may be, and the fields. What needs memory comes first: if there is none,
     * nothing has been done.
     */
    static final Script ADD = Script.of(FORGET, """
            local hash, opened, forgotten = ARGV[2], tonumber(ARGV[3]), ARGV[5]
            if redis.call('EXISTS', KEYS[1], KEYS[2]) > 0 then
              return 0
            end
            local fields = {}
            for i = 7, #ARGV do
              fields[#fields + 1] = ARGV[i]
            end
            redis.call('HSET', KEYS[1], unpack(fields))
            redis.call('PEXPIREAT', KEYS[1], forgotten)
            redis.call('SET', KEYS[2], hash)
            redis.call('PEXPIREAT', KEYS[2], forgotten)
            local time = redis.call('TIME')
            local left = tonumber(forgotten) - time[1] * 1000 - math.floor(time[2] / 1000)
            for i = 3, #KEYS do
              for _, other in ipairs(redis.call('ZRANGE', KEYS[i], 0, -1)) do
                if redis.call('EXISTS', prefix .. 'session:' .. other) == 0 then
                  redis.call('ZREM', KEYS[i], other)
                end
              end
              redis.call('ZADD', KEYS[i], ARGV[3], hash)
              local lasts = redis.call('PTTL', KEYS[i])
              if lasts < 0 or lasts < left then
                redis.call('PEXPIREAT', KEYS[i], forgotten)
              end
            end
            local surplus = redis.call('ZCARD', KEYS[3]) - tonumber(ARGV[6])
            if surplus <= 0 then
              return 1
            end
            local over, running = {}, {}
            for _, other in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
              if other ~= hash then
                local ends = tonumber(redis.call('HGET', prefix .. 'session:' .. other, 'expires'))
                local list = ends <= opened and over or running
                list[#list + 1] = other
              end
            end
            for i = 1, surplus do
              forget(over[i] or running[i - #over])
            end
            return 1
            """);

    /** Names: the identifier. Values: prefix, account. */
    static final Script END = Script.of(FORGET, """
            local hash = redis.call('GET', KEYS[1])
            if not hash or redis.call('HGET', prefix .. 'session:' .. hash, 'account') ~= ARGV[2] then
              return 0
            end
            return forget(hash)
            """);

    /** Names: an account's or a key's set. Values: prefix. */
    static final Script END_ALL = Script.of(FORGET, """
            local count = 0
            for _, hash in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
              count = count + forget(hash)
            end
            redis.call('DEL', KEYS[1])
            return count
            """);

    /** Names: a key's set. Values: prefix, the key's hash. */
    static final Script REHASH = Script.of("""
            local prefix = ARGV[1]
            for _, hash in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
              local name = prefix .. 'session:' .. hash
              local id = redis.call('HGET', name, 'id')
              if id then
                redis.call('HSET', name, 'key-hash', ARGV[2])
                redis.call('PUBLISH', prefix .. 'changes', 'sessions:' .. id)
              end
            end
            return 1
            """);

    /** Names: an account's set. Values: prefix. Answers hashes and fields in turn, the latest first. */
    static final Script LIST = Script.of("""
            local all = {}
            for _, hash in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
              all[#all + 1] = hash
              all[#all + 1] = redis.call('HGETALL', ARGV[1] .. 'session:' .. hash)
            end
            return all
            """);

    private SessionScripts() {}
}

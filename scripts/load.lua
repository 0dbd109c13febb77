-- What wrk sends for scripts/load.sh: good and hostile credentials, by kind. With TIMED=yes, for which each thread of wrk must have
-- one connection, it looks at each answer and tells how soon each kind was answered; else at the number of refusals alone, which
-- costs less and is for good credentials.
--
--   CREDENTIALS=DIRECTORY   files of credentials, one on a line: tokens, keys, expired, strangers (the latter two can be missing)
--   KINDS="token=40 key=20" which kinds, and how much of each
--   OPEN=yes                the server has no doors: everything is answered 200
--   BEGUN=FILE              written when all THREADS=NUMBER of them have made their requests ahead, and begin
--   PAUSE=10                milliseconds between the requests of a connection, on average; none unless given

local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long ns; } instant; int clock_gettime(int clock, instant *now);")

local directory = os.getenv("CREDENTIALS")
local timed = os.getenv("TIMED") == "yes"
local open = os.getenv("OPEN") == "yes"
local pause = tonumber(os.getenv("PAUSE") or "0")
local path = "/api/v1/leagues/"
local base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

local function lines(name)
  local all = {}
  local file = io.open(directory .. "/" .. name)
  if file then
    for line in file:lines() do all[#all + 1] = line end
    file:close()
  end
  return all
end

local tokens, keys, expired, strangers = lines("tokens"), lines("keys"), lines("expired"), lines("strangers")

local function one(of) return of[math.random(#of)] end

local function some(alphabet, length)
  local characters = {}
  for i = 1, length do
    local at = math.random(#alphabet)
    characters[i] = alphabet:sub(at, at)
  end
  return table.concat(characters)
end

local function bearer(credential) return "Authorization: Bearer " .. credential end

-- The same token with a signature of its own, of which all but the last characters are made up.
local function forged()
  local token = one(tokens)
  local from = token:find("%.[^.]*$")
  return token:sub(1, from) .. some(base64url, 16) .. token:sub(from + 17)
end

-- A credential as a line of the header, and the statuses that it is answered with. Keys that nobody has seen are not looked up
-- beyond a rate: that is no answer, and says so with 503.
local credentials = {
  token = { function() return bearer(one(tokens)) end, "200" },
  key = { function() return bearer(one(keys)) end, "200" },
  ["x-api-key"] = { function() return "x-api-key: " .. one(keys) end, "200" },
  none = { function() return "Accept: */*" end, "401" },
  forged = { function() return bearer(forged()) end, "401" },
  stranger = { function() return bearer(one(strangers)) end, "401" },
  expired = { function() return bearer(one(expired)) end, "401" },
  garbage = { function() return bearer(some(base64url .. ".", 100)) end, "401" },
  malformed = { function() return "x-api-key: " .. one(keys) .. "0" end, "401" },
  unknown = { function() return bearer("grd_live_" .. some("0123456789abcdef", 48)) end, "401 503" },
  oversize = { function() return bearer("eyJ" .. ("A"):rep(20 * 1024) .. ".e30.AAAA") end, "401" },
}

local names, drawn = {}, {}
for name, weight in os.getenv("KINDS"):gmatch("([%w-]+)=(%d+)") do
  names[#names + 1] = name
  for _ = 1, tonumber(weight) do drawn[#drawn + 1] = #names end
end

local now = ffi.new("instant")
local function micros()
  ffi.C.clock_gettime(1, now)
  return tonumber(now.s) * 1e6 + tonumber(now.ns) / 1e3
end

-- By kind and status, and by kind and time; the times in steps of one in a hundred.
answers, times = {}, {}
local kind, sent = 1, 0
local threads = {}
local number = 0

function setup(thread)
  number = number + 1
  thread:set("seed", number)
  threads[#threads + 1] = thread
end

function init()
  math.randomseed(os.time() * 1000 + seed)
  if not timed then response = nil end
  if pause == 0 then delay = nil end
  if os.getenv("BEGUN") and seed == tonumber(os.getenv("THREADS")) then io.open(os.getenv("BEGUN"), "w"):close() end
end

function delay() return math.random(0, 2 * pause) end

local function ask(kind)
  return "GET " .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n" .. credentials[names[kind]][1]() .. "\r\n\r\n"
end

-- Made ahead, so that making them takes no time from the server: as many of each as nobody remembers, but few of the long ones.
local requests = {}
for kind, name in ipairs(names) do
  requests[kind] = {}
  for i = 1, name == "oversize" and 20 or 2000 do requests[kind][i] = ask(kind) end
end

function request()
  kind = drawn[math.random(#drawn)]
  local made = requests[kind]
  if timed then sent = micros() end
  return made[math.random(#made)]
end

function response(status)
  local took = kind * 10000 + math.floor(100 * math.log(math.max(1, micros() - sent)))
  times[took] = (times[took] or 0) + 1
  local answer = kind * 1000 + status
  answers[answer] = (answers[answer] or 0) + 1
end

local function percentile(of, share)
  local steps, total = {}, 0
  for step, times in pairs(of) do
    steps[#steps + 1] = step
    total = total + times
  end
  table.sort(steps)
  local seen = 0
  for _, step in ipairs(steps) do
    seen = seen + of[step]
    if seen >= share * total then return math.exp(step / 100) / 1000 end
  end
  return 0
end

local function sum(name)
  local all = {}
  for _, thread in ipairs(threads) do
    for at, times in pairs(thread:get(name)) do all[at] = (all[at] or 0) + times end
  end
  return all
end

local function tell(kind, name, answers, times, seconds)
  local expected = open and "200" or credentials[name][2]
  local statuses, count, wrong, own = {}, 0, 0, {}
  for at, number in pairs(answers) do
    if math.floor(at / 1000) == kind then
      local status = tostring(at % 1000)
      statuses[#statuses + 1] = status .. "=" .. number
      count = count + number
      if not expected:find(status, 1, true) then wrong = wrong + number end
    end
  end
  for at, number in pairs(times) do
    if math.floor(at / 10000) == kind then own[at % 10000] = number end
  end
  table.sort(statuses)
  print(("KIND %-10s %9d %8.0f %8.2f %8.2f  %s%s"):format(
    name, count, count / seconds, percentile(own, 0.5), percentile(own, 0.99), table.concat(statuses, " "),
    wrong > 0 and "  WRONG" or ""))
  return wrong
end

function done(summary, latency)
  local seconds = summary.duration / 1e6
  local errors = summary.errors
  local wrong = errors.connect + errors.read + errors.write + errors.timeout
  if timed then
    local answers, times = sum("answers"), sum("times")
    for kind, name in ipairs(names) do wrong = wrong + tell(kind, name, answers, times, seconds) end
  else
    wrong = wrong + errors.status
  end
  -- Requests a second, milliseconds within which half and 99 of 100 were answered, requests, wrong answers and failures.
  print(("RESULT %.1f %.3f %.3f %d %d"):format(summary.requests / seconds, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, summary.requests, wrong))
end

-- Asks for one path after another (PATHS, a file with one on each line), each time under a new host name when FRESH is
-- set: the site keeps pages by host, so such a request is never answered from the cache.
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local fresh = (os.getenv("FRESH") or "") ~= ""
local at = math.random(#paths)
local hosts = 0
math.randomseed(os.time())
local run = math.random(1000000)

request = function()
  at = at % #paths + 1
  if fresh then
    hosts = hosts + 1
    wrk.headers["Host"] = "h" .. run .. "-" .. hosts .. ".test"
  end
  return wrk.format("GET", paths[at])
end

done = function(summary, latency, requests)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format("RESULT %.0f %.2f %.2f %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, errors))
end

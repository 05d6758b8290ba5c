-- Sends requests with tokens drawn uniformly from the file that the environment names, and ends with one line to be read
-- by a program. Each request is written once, since that is not what is measured.
local requests = {}

function init()
  for token in io.lines(os.getenv("PAT_BENCHMARK_TOKENS")) do
    requests[#requests + 1] = wrk.format("GET", nil, { ["Host"] = wrk.headers["Host"], ["Authorization"] = "Bearer " .. token })
  end
  math.randomseed(os.time())
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("figures requests=%d us=%d p50=%d p99=%d refused=%d failed=%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end

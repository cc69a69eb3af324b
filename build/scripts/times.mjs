// Where the time of a command goes: its parts are timed, and told together at its end.
const parts = []

/** Does a part of the work, and returns what came of it and how long it took, in seconds. */
export async function timed(name, work) {
  const startedMs = performance.now()
  const result = await work()
  const seconds = (performance.now() - startedMs) / 1000
  parts.push(`${name} ${seconds.toFixed(0)} s`)
  return { result, seconds }
}

/** All of it is since this process began: parts may go on side by side. */
export function tellTimes() {
  console.log(`\n${(performance.now() / 60_000).toFixed(1)} min: ${parts.join(', ')}`)
}

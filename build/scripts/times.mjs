// Where the time of a command goes: its parts are timed, and told together at its end.
const parts = []

/** Does a part of the work, and returns what came of it and how long it took, in seconds. */
export async function timed(name, work) {
  const startedMs = performance.now()
  const result = await work()
  const seconds = (performance.now() - startedMs) / 1000
  parts.push({ name, seconds })
  return { result, seconds }
}

export function tellTimes() {
  const whole = parts.reduce((sum, { seconds }) => sum + seconds, 0)
  const each = parts.map(({ name, seconds }) => `${name} ${seconds.toFixed(0)} s`)
  console.log(`\n${(whole / 60).toFixed(1)} min: ${each.join(', ')}`)
}

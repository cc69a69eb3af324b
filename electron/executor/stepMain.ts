// Unstuck's own program in the process of a `module` or `http` step: does what its call file says, and reports.
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createCallReport } from './kinds/callReport.ts'
import type { StepCall } from './kinds/stepCall.ts'

const path = process.argv[2] ?? ''
const report = createCallReport(dirname(path))
const stop = new AbortController()
process.on('SIGTERM', () =>
  stop.abort(new DOMException('The step was told to stop.', 'AbortError')),
)
process.on('uncaughtExceptionMonitor', (error) => report.fail(error))
process.on('exit', (code) => {
  if (!report.endWithout(code)) process.exitCode = 1
})

try {
  const call = JSON.parse(readFileSync(path, 'utf8')) as StepCall // written by the executor, which checked it
  report.succeed(await carryOut(call))
} catch (error) {
  report.fail(error)
}
// What the step left open, such as a connection, does not keep it.
process.exit()

/** JSON text of the result. Each kind is loaded when it is asked for: most of the time of a step is its start. */
async function carryOut(call: StepCall): Promise<string> {
  const { signal } = stop
  if (call.kind === 'http') return (await import('./kinds/httpStep.ts')).callHttp(call, signal)
  return (await import('./kinds/moduleStep.ts')).callModule(call, signal)
}

/** The variable by which a program is told which run it is to go on with. */
export const resumeVariable = 'UNSTUCK_RESUME'

/** The command that goes on with a run: what was given, with `{run}` replaced, else this program's own. */
export function commandOf(given: readonly string[] | undefined, run: string): readonly string[] {
  if (given !== undefined) return given.map((word) => word.replaceAll('{run}', run))
  const own = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  const set = `${resumeVariable}=${run}`
  return process.platform === 'win32' ? ['cmd', '/c', `set ${set}&&`, ...own] : ['env', set, ...own]
}

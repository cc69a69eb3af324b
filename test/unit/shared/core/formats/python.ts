import { execFileSync } from 'node:child_process'

/** Runs a script of Python with JSON on its input; what it prints is JSON. It throws when the script refuses. */
export function askPython(script: URL, input: unknown): unknown {
  const printed = execFileSync('python3', [script.pathname], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], PYTHONIOENCODING: 'utf-8', PYTHONUTF8: '1' },
  })
  return JSON.parse(printed)
}

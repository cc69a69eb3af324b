import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import { inheritedVariables } from '../../shared/schema/inheritedVariables.ts'
import { findNode } from '../executor/findNode.ts'

export type ModuleResult =
  | { readonly kind: 'exported'; readonly json: string }
  /** `message` is null where the process only wrote to its error output. */
  | { readonly kind: 'failed'; readonly message: string | null; readonly stderr: string }

const timeLimitMs = 20_000
const largestOutput = 4 * 1024 * 1024
/** The end of what it wrote to its error output tells why it failed. */
const shownCharacters = 64 * 1024
const lingerMs = 500

/** Runs in the process: imports the module and writes its default export to a pipe of its own, so that it may print. */
const program = `
import { writeFileSync } from 'node:fs'
const answer = (value) => writeFileSync(3, JSON.stringify(value))
const check = function (key, value) {
  if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol')
    throw new Refusal('\`' + key + '\` is a ' + typeof value + ': a workflow in a file is plain data. Steps that are functions are written as \`module: ./file.ts#name\`.')
  return value
}
class Refusal extends Error {}
const { default: exported } = await import(process.argv[1])
const value = await exported
if (value === null || typeof value !== 'object') {
  answer({ problem: 'it exports no workflow: write \`export default defineWorkflow({ … })\`.' })
} else {
  try {
    answer({ json: JSON.stringify(value, check) })
  } catch (error) {
    const isCycle = error instanceof TypeError
    if (!isCycle && !(error instanceof Refusal)) throw error
    answer({ problem: isCycle ? 'what it exports is no JSON: ' + error.message.split('\\n')[0] : error.message })
  }
}
process.exit(0)
`

export async function runModule(url: string): Promise<ModuleResult> {
  const node = findNode()
  if (node.kind === 'missing')
    return { kind: 'failed', message: `it needs Node: ${node.why}`, stderr: '' }
  const limits = ['--max-old-space-size=512', '--disable-warning=ExperimentalWarning']
  const child = spawn(
    node.path,
    [...node.flags, ...limits, '--input-type=module', '--eval', program, url],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // A definition is plain data: what it is made of is no matter of this machine's secrets.
      env: inheritedVariables(process.env, []),
      // A group of its own, so that what it starts ends with it.
      detached: true,
    },
  )
  const timer = setTimeout(() => end(child), timeLimitMs)
  const pipes = ([3, 2, 1] as const).map((index) => collect(child, index))
  const ended = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (_, signal) => resolve(signal ?? ''))
  })
  clearTimeout(timer)
  end(child)
  const [answer = nothing, stderr = nothing] = await untilClosed(child, pipes)
  return resultOf({ answer, stderr: stderr.text.slice(-shownCharacters), ended })
}

/** What has left the group may keep the pipes open for ever: a moment after its end nothing of the module's own is to come. */
async function untilClosed(
  child: ChildProcess,
  pipes: readonly Promise<Collected>[],
): Promise<readonly Collected[]> {
  const timer = setTimeout(() => child.stdio.forEach((stream) => stream?.destroy()), lingerMs)
  const collected = await Promise.all(pipes)
  clearTimeout(timer)
  return collected
}

function resultOf(said: {
  readonly answer: Collected
  readonly stderr: string
  readonly ended: string
}): ModuleResult {
  const { stderr, ended } = said
  const { text: answer, isCut } = said.answer
  const failed = (message: string | null): ModuleResult => ({ kind: 'failed', message, stderr })
  if (isCut) return failed(`what it exports is larger than ${largestOutput} bytes.`)
  if (answer === '' && ended !== '')
    return failed(
      ended === 'SIGKILL'
        ? `it was stopped: a module that is a workflow has ${timeLimitMs / 1000} s to export it.`
        : `its process ended with ${ended}.`,
    )
  if (answer === '')
    return failed(stderr.trim() === '' ? 'it ended before it exported a workflow.' : null)
  const written = parsed(answer)
  if (written === null)
    return failed('it wrote to file 3 by itself, through which its workflow is read.')
  const { json, problem = 'what it exports is no JSON.' } = written
  return json === undefined ? failed(problem) : { kind: 'exported', json }
}

function parsed(answer: string): { readonly json?: string; readonly problem?: string } | null {
  try {
    return JSON.parse(answer) as ReturnType<typeof parsed> // written by the program above
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

type Collected = { readonly text: string; readonly isCut: boolean }
const nothing: Collected = { text: '', isCut: false }

/** What comes through a pipe, up to a limit; the rest is read and dropped. */
function collect(child: ChildProcess, index: 1 | 2 | 3): Promise<Collected> {
  const stream = child.stdio[index] as Readable | null // these three are pipes that are read here
  if (stream === null) return Promise.resolve(nothing)
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    if (size < largestOutput) chunks.push(chunk)
    size += chunk.length
  })
  return new Promise((resolve) => {
    stream.on('error', () => stream.destroy())
    stream.on('close', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      resolve({ text, isCut: size > largestOutput })
    })
  })
}

/** Also what it has left behind in its group. */
function end(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return
    throw error
  }
}

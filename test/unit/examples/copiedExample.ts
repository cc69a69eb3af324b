import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtCli } from '../../builtCli.ts'

/** A copy of an example in a folder of its own, and the command line there, as a reader of it would use it. */
export type CopiedExample = {
  readonly folder: string
  /** Runs a command to its end. */
  unstuck(...argv: readonly string[]): Promise<Said>
  /** Starts a command that is to be killed, or decided about, before its end. */
  start(...argv: readonly string[]): StartedCommand
  text(path: string): Promise<string>
  names(path: string): Promise<readonly string[]>
  /** The steps of a run, by id. */
  steps(run: string): Promise<Readonly<Record<string, ShownStep>>>
  runs(): Promise<readonly ShownRun[]>
  remove(): Promise<void>
}

export type Said = { readonly exit: number | null; readonly out: string; readonly err: string }

export type StartedCommand = {
  /** Resolves once this was printed; throws when the command ends before. */
  said(text: string): Promise<void>
  /** As when somebody kills the program: what it started goes on. */
  kill(): Promise<void>
  readonly ended: Promise<Said>
}

export type ShownStep = {
  readonly id: string
  readonly status: string
  readonly attempts: readonly { readonly process: { readonly pid: number } | null }[]
}
export type ShownRun = {
  readonly id: string
  readonly workflow: string
  readonly status: string
  readonly liveness: string
}

export async function copyExample(
  name: string,
  { environment = {} }: { readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<CopiedExample> {
  const root = await mkdtemp(join(tmpdir(), 'unstuck example-'))
  const folder = join(root, name)
  await cp(join(examples, name), folder, { recursive: true })
  const own = { UNSTUCK_CONFIG_DIR: join(root, 'config'), ...environment }
  const { UNSTUCK_STATE_DIR: _, ...inherited } = process.env
  const env = { ...inherited, ...own }
  const start = (...argv: readonly string[]) => startCommand(argv, { cwd: folder, env })
  const read = async (...argv: readonly string[]): Promise<unknown> =>
    JSON.parse((await start(...argv, '--json').ended).out)

  return {
    folder,
    start,
    unstuck: (...argv) => start(...argv).ended,
    text: (path) => readFile(join(folder, path), 'utf8'),
    names: async (path) => (await readdir(join(folder, path))).toSorted(),
    async steps(run) {
      const shown = (await read('show', run)) as { run: { steps: readonly ShownStep[] } } // its own format
      return Object.fromEntries(shown.run.steps.map((step) => [step.id, step]))
    },
    async runs() {
      return ((await read('list')) as { rows: readonly ShownRun[] }).rows // its own format
    },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  }
}

/** A step that outlived its host may end between plan and start: then the plan is stale, and is made again. */
export async function resumeOf(example: CopiedExample, run: string): Promise<Said> {
  for (;;) {
    const done = await example.unstuck('resume', run, '--yes')
    if (done.exit === 0) return done
    if (done.exit !== 6) throw new Error(`Exit code ${done.exit}.\n${done.out}\n${done.err}`)
  }
}

function startCommand(
  argv: readonly string[],
  place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): StartedCommand {
  const child = spawn(process.execPath, [builtCli, ...argv], { ...place, stdio: 'pipe' })
  let out = ''
  let err = ''
  const looks = new Set<() => void>()
  const look = () => looks.forEach((each) => each())
  child.stdin.end()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    look()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const closed = once(child, 'close')
  const ended = closed.then(() => ({ exit: child.exitCode, out, err }))
  return {
    ended,
    said: (text) =>
      new Promise((resolve, reject) => {
        const isThere = () => {
          if (!out.includes(text)) return
          looks.delete(isThere)
          resolve()
        }
        looks.add(isThere)
        isThere()
        void ended.then(() => reject(new Error(`It ended without "${text}":\n${out}${err}`)))
      }),
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

export const examples = fileURLToPath(new URL('../../../docs/examples/', import.meta.url))

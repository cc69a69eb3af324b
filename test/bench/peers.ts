// What other programs need for the files of a workspace made by `makeRuns`. Each round is a process of its own.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

/** The time of one round, or why there is none: which program the machine has not. */
export type Timed = { readonly ms: number } | { readonly missing: string }

/** `find` with size, time and path of every file, to /dev/null. */
export function timeFind(root: string): Promise<Timed> {
  return timeProgram('find', [join(root, 'runs'), '-printf', '%s %T@ %p\\n'])
}

/** ripgrep for one field of each head, on as many threads as it likes. */
export function timeRipgrep(root: string): Promise<Timed> {
  const quiet = ['--no-config', '-uuu', '--no-filename', '-g', '*.json']
  const status = '"status":"(completed|failed|cancelled|running|waiting)"'
  return timeProgram('rg', [...quiet, '-m', '1', '-o', status, join(root, 'runs')])
}

/** `jq` for one field of the heads of one day, times the number of days: it takes a minute for all. */
export async function timeJq(root: string, day: string, days: number): Promise<Timed> {
  const heads = `find "$0" -name '*.json' -print0 | xargs -0 jq -r .summary.status`
  const version = await timeProgram('jq', ['--version'])
  if ('missing' in version) return version
  const timed = await timeProgram('sh', ['-c', heads, join(root, 'runs', day)])
  return 'ms' in timed ? { ms: timed.ms * days } : timed
}

/** GNU diff of two files that differ, to /dev/null. */
export function timeGnuDiff(one: string, other: string): Promise<Timed> {
  return timeDiff({ program: 'diff', options: '' }, one, other)
}

/** The same by git. */
export function timeGitDiff(one: string, other: string): Promise<Timed> {
  return timeDiff({ program: 'git', options: '--no-pager diff --no-index' }, one, other)
}

async function timeDiff(
  { program, options }: { readonly program: string; readonly options: string },
  one: string,
  other: string,
): Promise<Timed> {
  const version = await timeProgram(program, ['--version'])
  if ('missing' in version) return version
  // It ends with 1 where it found something.
  const compare = `${program} ${options} "$0" "$1" || test $? -eq 1`
  return timeProgram('sh', ['-c', compare, one, other])
}

/** A C program: getdents and statx of all. */
export async function timeCStat(root: string): Promise<Timed> {
  const program = join(repository, 'dist', 'bench', 'peersStat')
  mkdirSync(dirname(program), { recursive: true })
  const source = fileURLToPath(new URL('peersStat.c', import.meta.url))
  const built = await timeProgram('cc', ['-O2', '-o', program, source])
  return 'missing' in built ? built : timeProgram(program, [join(root, 'runs')])
}

/** Node's own `readdirSync` and `lstatSync` of every file, without the start of the process. */
export function timeNodeStat(root: string): Promise<Timed> {
  return timeNode('stat', root)
}

/** Reading and parsing every head, synchronously. */
export function timeParseSync(root: string): Promise<Timed> {
  return timeNode('parseSync', root)
}

/** Reading and parsing every head, awaited one by one. */
export function timeParseEach(root: string): Promise<Timed> {
  return timeNode('parseEach', root)
}

/** Reading and parsing every head, 64 at once. */
export function timeParseMany(root: string): Promise<Timed> {
  return timeNode('parseMany', root)
}

/** A process of this project's Node that prints the milliseconds it took. */
export async function timeScript(
  script: string,
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<{ readonly ms: number }> {
  const output = await run(process.execPath, [...nodeArgs, script, ...args], 'pipe')
  return { ms: Number(output) }
}

function timeNode(way: string, root: string): Promise<Timed> {
  return timeScript(fileURLToPath(new URL('peersNode.ts', import.meta.url)), [way, root])
}

async function timeProgram(program: string, args: readonly string[]): Promise<Timed> {
  const start = performance.now()
  try {
    await run(program, args)
    return { ms: performance.now() - start }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { missing: `${program} is not installed` }
    }
    throw error
  }
}

/** What it prints goes to /dev/null, or is returned. */
function run(
  program: string,
  args: readonly string[],
  stdout: 'ignore' | 'pipe' = 'ignore',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', stdout, 'pipe'] })
    let output = ''
    let complaint = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${program} ended with ${code}. ${complaint}`))
    })
  })
}

const repository = fileURLToPath(new URL('../..', import.meta.url))

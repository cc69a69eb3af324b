// Hosts that have loaded everything and wait for their word, so that a random life of a host is spent in the workspace.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { besideExecutors, buildPrograms } from '../../buildPrograms.ts'

export type Standby = {
  /** Resolves when it has loaded and was told to carry the run of its workspace. */
  go(): Promise<void>
  /** Resolves when it has said that it carries the run, or is gone. */
  readonly carries: Promise<void>
  /** How long after its word it said so; null while it did not. */
  readonly carriedAfterMs: () => number | null
  /** Resolves when it is gone: why it did not end well, null when it was killed or its run is completed. */
  readonly ended: Promise<string | null>
  /** Resolves when it is gone, or the time has passed. */
  endedWithin(ms: number): Promise<void>
  /** False when it had ended before. */
  kill(): Promise<boolean>
}

export type Standbys = {
  start(root: string): Standby
  close(): Promise<void>
}

/** `folder`: for the program as it is once it has loaded: a host is killed hundreds of times, and begins as often. */
export async function createStandbys(folder: string): Promise<Standbys> {
  const standbys = new Set<Standby>()
  await buildPrograms(folder, { [program]: 'test/faults/killedHost.ts', ...besideExecutors })
  await keepLoaded(folder)
  return {
    start: (root) => {
      const standby = standbyOf(startHost(folder, ['carry', root]))
      standbys.add(standby)
      return standby
    },
    close: async () => {
      await Promise.all([...standbys].map((standby) => standby.kill()))
    },
  }
}

const program = 'killedHost.cjs'
const loaded = 'killedHost.blob'

/** Of a processor's time, a host that has loaded before begins in half of what it takes to load. */
async function keepLoaded(folder: string): Promise<void> {
  const flags = ['--snapshot-blob', join(folder, loaded), '--build-snapshot']
  await promisify(execFile)(process.execPath, [...flags, join(folder, program)])
}

function startHost(folder: string, parameters: readonly string[]): ChildProcess {
  // A life of half a second is not spent on collecting garbage.
  const flags = ['--min-semi-space-size=16', '--snapshot-blob', join(folder, loaded)]
  return spawn(process.execPath, [...flags, join(folder, program), ...parameters], {
    stdio: 'pipe',
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  })
}

function standbyOf(child: ChildProcess): Standby {
  const transcript = createTranscript(child)
  let toldAt = 0
  let isKilled = false
  // One that is killed may close its end before it has read its word.
  child.stdin?.on('error', () => undefined)
  const ended = new Promise<string | null>((resolve) => {
    child.on('close', (code) => {
      const said = transcript.text()
      const isWell = isKilled || (code === 0 && said.includes('done completed'))
      resolve(isWell ? null : `a host ended with ${code} and said: ${said.slice(-2000)}`)
    })
  })
  const carries = transcript.said('run')
  return {
    carries: Promise.race([carries, ended.then(() => undefined)]),
    ended,
    async go() {
      await Promise.race([transcript.said('ready'), ended])
      toldAt = performance.now()
      child.stdin?.write('go\n')
    },
    carriedAfterMs: () => {
      const at = transcript.saidAt('run')
      return at === null ? null : at - toldAt
    },
    async endedWithin(ms) {
      const over = new AbortController()
      await Promise.race([ended, sleep(ms, undefined, over)])
      over.abort()
    },
    async kill() {
      const isLiving = child.exitCode === null && child.signalCode === null
      isKilled = isLiving && child.kill('SIGKILL')
      await ended
      return isKilled
    },
  }
}

/** What a process says, and when it has said something. */
function createTranscript(child: ChildProcess): {
  readonly text: () => string
  readonly said: (word: 'ready' | 'run') => Promise<void>
  readonly saidAt: (word: 'ready' | 'run') => number | null
} {
  let text = ''
  const times = new Map<string, number>()
  const words = new EventEmitter()
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (more: string) => {
      text += more
      for (const word of ['ready', 'run'])
        if (!times.has(word) && new RegExp(`^${word}\\b.*\n`, 'm').test(text)) {
          times.set(word, performance.now())
          words.emit(word)
        }
    })
  return {
    text: () => text,
    said: async (word) => {
      if (!times.has(word)) await once(words, word)
    },
    saidAt: (word) => times.get(word) ?? null,
  }
}

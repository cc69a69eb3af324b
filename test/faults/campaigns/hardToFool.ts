// Odd workspaces, each looked at by a host in a process of its own: nothing hangs, fails unexplained or leaves the workspace.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Campaign, CampaignOptions } from './campaign.ts'
import { healthy, makeWorkspace, secret, victim, type Place } from './oddMakers.ts'
import { longestStopMs, type OddWorkspace } from './oddJudges.ts'
import { oddWorkspaces } from './oddWorkspaces.ts'
import type { WorkspaceAnswer, WorkspaceTask } from './workspaceUnderTest.ts'

export const hardToFool: Campaign = {
  name: 'hardToFool',
  unit: 'a workspace that was made to fool the program',
  sizes: { test: oddWorkspaces.length, full: oddWorkspaces.length },
  piece: oddWorkspaces.length,
  obstacle: () =>
    process.platform === 'win32' ? 'Windows has no pipes and modes in folders' : null,
  run: async ({ from, to, report }) => {
    const viewers = createViewers()
    try {
      for (let index = from; index < to; index += 1) {
        const odd = oddWorkspaces[index]
        if (odd !== undefined) await fool(odd, viewers, { index, report })
      }
    } finally {
      viewers.close()
    }
  },
}

/** A stop is real when it is there every time: a machine that is busy with other things adds some of its own. */
async function fool(
  odd: OddWorkspace,
  viewers: Viewers,
  { index, report }: Pick<CampaignOptions, 'report'> & { readonly index: number },
): Promise<void> {
  let looked = await lookAtNew(odd, viewers)
  for (let again = 1; again < tries && looked.kind === 'seen' && isSlow(looked); again += 1)
    looked = await lookAtNew(odd, viewers)
  if (looked.kind === 'no-viewer') return report.count(`not run, ${odd.name}`)
  for (const flaw of looked.flaws) report.violation(index, `${odd.name}: ${flaw}`)
  report.count('workspaces')
  if (looked.stopMs !== null) report.measure('longest stop of the main thread in ms', looked.stopMs)
}

const tries = 3

type Seen = {
  readonly kind: 'seen'
  readonly flaws: readonly string[]
  readonly stopMs: number | null
}

function isSlow({ flaws, stopMs }: Seen): boolean {
  return flaws.length > 0 && (stopMs ?? 0) > longestStopMs
}

async function lookAtNew(
  odd: OddWorkspace,
  viewers: Viewers,
): Promise<Seen | { readonly kind: 'no-viewer' }> {
  const isForeign = odd.isForeign === true
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-odd-'))
  const place = { root: join(folder, 'workspace'), outside: join(folder, 'outside') }
  try {
    await Promise.all([place.root, place.outside].map((path) => mkdir(path)))
    await makeWorkspace(place.root)
    await odd.make(place)
    if (isForeign && process.getuid?.() === 0) giveAway(folder)
    const before = contentsOf(place.outside)
    const looked = await viewers.look(taskOf(odd, folder, place), isForeign ? 'nobody' : 'self')
    if (looked.kind === 'no-viewer') return looked
    const answer = looked.kind === 'answer' ? looked.answer : null
    const flaws = findFlaws(odd, answer, { before, place })
    return { kind: 'seen', flaws, stopMs: answer?.stopMs ?? null }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function taskOf(odd: OddWorkspace, folder: string, { root }: Place): WorkspaceTask {
  return {
    root,
    configFolder: join(folder, 'config'),
    cacheFolder: join(folder, 'cache'),
    documents: odd.documents ?? [],
    host: odd.isServed === true ? 'browser' : 'cli',
    write: odd.write === undefined ? null : odd.write === 'victim' ? victim : healthy,
  }
}

function findFlaws(
  odd: OddWorkspace,
  answer: WorkspaceAnswer | null,
  { before, place }: { readonly before: string; readonly place: Place },
): readonly string[] {
  if (answer === null) return [`it hangs: no answer in ${patienceMs / 1000} s`]
  const own = odd.judge(answer)
  const row = answer.rows.find(({ id }) => id === healthy)
  const isHealthyHidden = odd.hidesHealthy !== true && row?.health !== 'ok'
  const isRead = Object.values(answer.raw).some((text) => text.includes(secret))
  return [
    ...answer.defects.map((defect) => `a defect: ${defect}`),
    own,
    isHealthyHidden ? `the healthy run beside it is ${row?.health ?? 'not listed'}` : null,
    isRead ? 'it read what lies outside' : null,
    contentsOf(place.outside) === before ? null : 'it wrote outside of the workspace',
  ].filter((flaw) => flaw !== null)
}

/** Everything below a folder, as text that changes when it does. */
function contentsOf(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  const texts = names.map((name) => {
    const status = statSync(join(folder, name))
    return `${name} ${status.isFile() ? readFileSync(join(folder, name), 'latin1') : ''}`
  })
  return texts.join('\n')
}

/** To the user `nobody`, who is not root, with all modes as they are. */
function giveAway(folder: string): void {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const name of [...names, '']) chownSync(join(folder, name), nobody, nobody)
  chmodSync(folder, 0o755)
}

const nobody = 65_534
const patienceMs = 300_000

type Looked =
  | { readonly kind: 'answer'; readonly answer: WorkspaceAnswer }
  | { readonly kind: 'hangs' }
  /** That user may not read this program. */
  | { readonly kind: 'no-viewer' }

type Viewers = {
  /** A process that hangs is ended; the next look begins with a new one. */
  look(task: WorkspaceTask, as: 'self' | 'nobody'): Promise<Looked>
  close(): void
}

/** Where the program stands in a folder of one's own, another user cannot even start it. */
function toNobody(as: 'self' | 'nobody'): (error: unknown) => false {
  return (error) => {
    if (as === 'self') throw error
    return false
  }
}

function createViewers(): Viewers {
  const viewers = new Map<string, ChildProcess>()
  const viewerOf = async (as: 'self' | 'nobody'): Promise<ChildProcess | null> => {
    const known = viewers.get(as)
    if (known !== undefined) return known
    const child = fork(join(import.meta.dirname, 'workspaceUnderTest.ts'), [], {
      execArgv: ['--experimental-strip-types', '--no-warnings'],
      ...(as === 'nobody' && process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}),
    })
    const started = await Promise.race([
      once(child, 'message').then(() => true, toNobody(as)),
      once(child, 'exit').then(() => false, toNobody(as)),
    ])
    if (!started) return null
    viewers.set(as, child)
    return child
  }
  return {
    look: async (task, as) => {
      const child = await viewerOf(as)
      if (child === null || child.exitCode !== null) return { kind: 'no-viewer' }
      const waiting = AbortSignal.timeout(patienceMs)
      const answered = once(child, 'message', { signal: waiting })
      child.send(task)
      const [answer] = await Promise.allSettled([answered])
      if (answer?.status === 'fulfilled') return { kind: 'answer', answer: answer.value[0] }
      child.kill('SIGKILL')
      viewers.delete(as)
      return { kind: 'hangs' }
    },
    close: () => {
      for (const child of viewers.values()) child.kill('SIGKILL')
    },
  }
}

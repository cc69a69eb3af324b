// Odd workspaces, each looked at by a host in a process of its own: nothing hangs, fails unexplained or leaves the workspace.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Campaign, CampaignOptions } from './campaign.ts'
import { healthy, makeWorkspace, secret, victim, type Place } from './oddMakers.ts'
import { oddWorkspaces, type OddWorkspace } from './oddWorkspaces.ts'
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

async function fool(
  odd: OddWorkspace,
  viewers: Viewers,
  { index, report }: Pick<CampaignOptions, 'report'> & { readonly index: number },
): Promise<void> {
  const isForeign = odd.isForeign === true
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-odd-'))
  const place = { root: join(folder, 'workspace'), outside: join(folder, 'outside') }
  try {
    await Promise.all([place.root, place.outside].map((path) => mkdir(path)))
    await makeWorkspace(place.root)
    await odd.make(place)
    if (isForeign && process.getuid?.() === 0) giveAway(folder)
    const before = contentsOf(place.outside)
    const task = {
      root: place.root,
      configFolder: join(folder, 'config'),
      cacheFolder: join(folder, 'cache'),
      documents: odd.documents ?? [],
      write: odd.write === undefined ? null : odd.write === 'victim' ? victim : healthy,
    }
    const looked = await viewers.look(task, isForeign ? 'nobody' : 'self')
    if (looked.kind === 'no-viewer') return report.count(`not run, ${odd.name}`)
    const answer = looked.kind === 'answer' ? looked.answer : null
    for (const flaw of findFlaws(odd, answer, { before, place }))
      report.violation(index, `${odd.name}: ${flaw}`)
    report.count('workspaces')
    if (answer !== null) report.measure('longest stop of the main thread in ms', answer.maxDelayMs)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function findFlaws(
  odd: OddWorkspace,
  answer: WorkspaceAnswer | null,
  { before, place }: { readonly before: string; readonly place: Place },
): readonly string[] {
  if (answer === null) return [`it hangs: no answer in ${patienceMs / 1000} s`]
  const own = odd.judge?.(answer) ?? null
  const row = answer.rows.find(({ id }) => id === healthy)
  const isHealthyHidden =
    odd.judge === undefined && row?.health !== 'ok' && !odd.name.includes('runs')
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
const patienceMs = 10_000

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

function createViewers(): Viewers {
  const viewers = new Map<string, ChildProcess>()
  const viewerOf = async (as: 'self' | 'nobody'): Promise<ChildProcess | null> => {
    const known = viewers.get(as)
    if (known !== undefined) return known
    const child = fork(join(import.meta.dirname, 'workspaceUnderTest.ts'), [], {
      execArgv: ['--experimental-strip-types', '--no-warnings'],
      ...(as === 'nobody' && process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}),
    })
    viewers.set(as, child)
    const started = await Promise.race([
      once(child, 'message').then(() => true),
      once(child, 'exit').then(() => false),
    ])
    return started ? child : null
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

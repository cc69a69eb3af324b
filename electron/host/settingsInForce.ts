// The settings of an open workspace: looked at again when the file changes, and never worse than they were.
import {
  lookAtSettings,
  readKept,
  type KeptSettings,
  type SettingsLook,
} from '../services/lookAtSettings.ts'
import type { Store } from '../store/store.ts'

export type SettingsInForce = {
  /** The same object always: what it holds changes. */
  readonly current: SettingsLook
  /** Looks at the file again; true where anything of it is otherwise than before. */
  readonly reload: () => Promise<boolean>
  /** Writes what is in force where the next start finds it, unless it stands there. */
  readonly keep: () => Promise<void>
}

export type SettingsInForceOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly now: () => string
}

export async function createSettingsInForce(
  store: Store,
  { environment, now }: SettingsInForceOptions,
): Promise<SettingsInForce> {
  const first = await lookAtSettings(store, { environment, last: null })
  const current = { ...first }
  let last: KeptSettings | null = lastOf(first, null)
  let isKept = false
  let queue: Promise<unknown> = Promise.resolve()

  function lastOf(look: SettingsLook, before: KeptSettings | null): KeptSettings | null {
    if (look.good === null || look.good.text === before?.text) return before
    return { text: look.good.text, since: now() }
  }
  // One look after the other: an older one must not stand over a newer one.
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work)
    queue = done.catch(() => undefined)
    return done
  }
  async function reload(): Promise<boolean> {
    const look = await lookAtSettings(store, { environment, last })
    const next = lastOf(look, last)
    if (next !== last) isKept = false
    last = next
    const before = JSON.stringify(current)
    Object.assign(current, look)
    return JSON.stringify(current) !== before
  }
  /** [E210] Where nothing was ever said, nothing is written. */
  async function keep(): Promise<void> {
    if (isKept || last === null || !store.access.writable) return
    const kept = await readKept(store)
    if (kept === null ? last.text !== null : kept.text !== last.text)
      await store.noteTask('settings', last)
    isKept = true
  }
  return { current, reload: () => inTurn(reload), keep: () => inTurn(keep) }
}

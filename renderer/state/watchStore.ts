// Runs that a person waits for: told once when they rest, wherever the person is by then.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunDetail } from '../../shared/contract/runs.ts'
import { createReader } from './createReader.ts'
import { paced } from './paced.ts'
import { encodeRoute, runRoute } from './route.ts'
import type { NoticesState } from './noticesStore.ts'

/** Shows something outside the window, where that is allowed. */
export type Desktop = {
  /** Asks once whether it may; from a press of the person. */
  readonly ask: () => void
  readonly show: (title: string, body: string, href: string) => void
}

/** What outlives the window: which runs are watched. */
export type WatchKeeper = {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

export type WatchState = {
  readonly watched: readonly Ref[]
  readonly toggle: (ref: Ref) => void
  readonly open: () => () => void
}
export type WatchStore = StoreApi<WatchState>

export function createWatchStore(
  client: Client,
  tell: { readonly notify: NoticesState['notify']; readonly desktop: Desktop },
  keeper: WatchKeeper = nowhere,
): WatchStore {
  return createStore<WatchState>()((set, get) => {
    const keep = (watched: readonly Ref[], { workspace }: Pick<Ref, 'workspace'>) => {
      set({ watched })
      keeper.setItem(keptAt(workspace), JSON.stringify(watched))
    }
    const look = createReader(async () => {
      const rested: (Rest & { readonly ref: Ref })[] = []
      for (const ref of get().watched) {
        const rest = await restOf(client, ref)
        // It was let go while it was looked at.
        if (rest !== null && isWatched(get(), ref)) rested.push({ ...rest, ref })
      }
      const [first] = rested
      if (first === undefined) return
      const others = get().watched.filter((one) => !rested.some(({ ref }) => isSame(ref, one)))
      keep(others, first.ref)
      const { title, text, isGood, href } = summaryOf(rested)
      tell.notify(isGood ? 'done' : 'warning', text, href)
      tell.desktop.show(title, text, href)
    })
    return {
      watched: [],
      toggle: (ref) => {
        if (isWatched(get(), ref))
          return keep(
            get().watched.filter((one) => !isSame(one, ref)),
            ref,
          )
        tell.desktop.ask()
        keep([...get().watched, ref], ref)
        return void look()
      },
      open: () => {
        let isOpen = true
        const again = paced(look)
        const stop = client.on('runs.changed', ({ runs }) => {
          const isOurs = get().watched.some(({ document }) => runs?.includes(document) ?? true)
          if (isOurs) again()
        })
        const goOn = async () => {
          const kept = await keptRefs(client, keeper)
          if (!isOpen || kept.length === 0) return
          const isNew = (ref: Ref): boolean => !isWatched(get(), ref)
          set({ watched: [...kept.filter(isNew), ...get().watched] })
          void look()
        }
        void goOn()
        return () => {
          isOpen = false
          stop()
        }
      },
    }
  })
}

const nowhere: WatchKeeper = { getItem: () => null, setItem: () => undefined }
const keptAt = (workspace: string): string => `unstuck.watched.${workspace}`

/** Those that were watched in this workspace before; what of it cannot be read is nothing: a watch is no data. */
async function keptRefs(client: Client, keeper: WatchKeeper): Promise<readonly Ref[]> {
  const [answer] = await Promise.allSettled([client.call('workspace.get', {})])
  // What is wrong with the workspace is told by whoever shows it.
  if (answer.status === 'rejected') return []
  try {
    const text = keeper.getItem(keptAt(answer.value.id)) ?? '[]'
    return Ref.array().max(1000).safeParse(JSON.parse(text)).data ?? []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** Several that rest at once are told in one sentence. */
function summaryOf(rested: readonly (Rest & { readonly ref: Ref })[]): Rest & {
  readonly href: string
} {
  const [first] = rested
  if (first !== undefined && rested.length === 1)
    return {
      ...first,
      text: `${first.ref.document}: ${first.text}`,
      href: encodeRoute(runRoute(first.ref.document, first.ref.format)),
    }
  const good = rested.filter(({ isGood }) => isGood).length
  const isGood = good === rested.length
  const worst = rested.find((one) => !one.isGood) ?? first
  const parts = [
    good > 0 ? `${good} completed` : '',
    isGood ? '' : `${rested.length - good} not: ${worst?.ref.document ?? ''}: ${worst?.text ?? ''}`,
  ].filter((part) => part !== '')
  return {
    title: `${rested.length} watched runs rest`,
    text: `${rested.length} watched runs rest. ${parts.join(', ')}`,
    isGood,
    href:
      isGood || worst === undefined
        ? encodeRoute({ kind: 'runs', view: 'all', text: '' })
        : encodeRoute(runRoute(worst.ref.document, worst.ref.format)),
  }
}

function isSame(one: Ref, other: Ref): boolean {
  return one.document === other.document
}

export function isWatched({ watched }: Pick<WatchState, 'watched'>, { document }: Ref): boolean {
  return watched.some((one) => one.document === document)
}

type Rest = { readonly title: string; readonly text: string; readonly isGood: boolean }

/** Null while it goes on. A run that cannot be read is told: whoever waits for it waits in vain. */
async function restOf(client: Client, ref: Ref): Promise<Rest | null> {
  try {
    const detail = await client.call('run.get', { ref, leaveOut: ['forks'] })
    return isMoving(detail) ? null : restSentence(detail)
  } catch (error) {
    const text = error instanceof Error ? error.message : 'It cannot be read.'
    return { title: 'A watched run cannot be read', text, isGood: false }
  }
}

/** A step that waits for a time or for another attempt goes on by itself; one that waits for a person does not. */
export function isMoving({ run, liveness, diagnoses }: Watched): boolean {
  if (run === null || liveness !== 'alive') return false
  const first = diagnoses[0]
  return goesOn.has(run.status) && first?.severity !== 'stuck' && first?.rule !== waitsForPerson
}

type Watched = Pick<RunDetail, 'run' | 'liveness' | 'diagnoses'>

function restSentence({ run, diagnoses }: Watched): Rest {
  const status = run?.status ?? 'unknown'
  const text = diagnoses[0]?.sentence ?? `It is ${status}.`
  const isGood = status === 'completed'
  return {
    title: isGood ? 'A watched run is completed' : `A watched run rests: ${status}`,
    text,
    isGood,
  }
}

const goesOn: ReadonlySet<string> = new Set(['pending', 'running', 'waiting'])
/** G17: a step waits for a person's decision. */
const waitsForPerson = 'G17'

/** What a window has of it; `Window` fits. */
type DesktopWindow = {
  readonly Notification?: {
    readonly permission: NotificationPermission
    requestPermission(): Promise<unknown>
    new (
      title: string,
      options: { readonly body: string },
    ): { addEventListener(name: 'click', action: () => void): void }
  }
  readonly focus?: () => void
  readonly location?: { hash: string }
}

/** The notifications of the browser, or of the desktop behind it. A press on one leads to what it tells of. */
export function desktopOf(window: DesktopWindow): Desktop {
  const { Notification: kind } = window
  return {
    ask: () => {
      if (kind?.permission === 'default') void kind.requestPermission()
    },
    show: (title, body, href) => {
      if (kind?.permission !== 'granted') return
      new kind(title, { body }).addEventListener('click', () => {
        window.focus?.()
        if (window.location !== undefined) window.location.hash = href
      })
    },
  }
}

// Runs that a person waits for: told once when they rest, wherever the person is by then.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunDetail } from '../../shared/contract/runs.ts'
import { createReader } from './createReader.ts'
import type { NoticesState } from './noticesStore.ts'

/** Shows something outside the window, where that is allowed. */
export type Desktop = {
  /** Asks once whether it may; from a press of the person. */
  readonly ask: () => void
  readonly show: (title: string, body: string) => void
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
): WatchStore {
  return createStore<WatchState>()((set, get) => {
    const forget = ({ document }: Ref) =>
      set({ watched: get().watched.filter((one) => one.document !== document) })
    const look = createReader(async () => {
      for (const ref of get().watched) {
        const sentence = await restOf(client, ref)
        // It was let go while it was looked at.
        if (sentence === null || !isWatched(get(), ref)) continue
        forget(ref)
        tell.notify(sentence.isGood ? 'done' : 'warning', `${ref.document}: ${sentence.text}`)
        tell.desktop.show(sentence.title, `${ref.document}: ${sentence.text}`)
      }
    })
    return {
      watched: [],
      toggle: (ref) => {
        if (isWatched(get(), ref)) return forget(ref)
        tell.desktop.ask()
        set({ watched: [...get().watched, ref] })
        return void look()
      },
      open: () => {
        const stop = client.on('runs.changed', ({ runs }) => {
          const isOurs = get().watched.some(({ document }) => runs?.includes(document) ?? true)
          if (isOurs) void look()
        })
        return stop
      },
    }
  })
}

export function isWatched({ watched }: Pick<WatchState, 'watched'>, { document }: Ref): boolean {
  return watched.some((one) => one.document === document)
}

type Rest = { readonly title: string; readonly text: string; readonly isGood: boolean }

/** Null while it goes on. A run that cannot be read is told: whoever waits for it waits in vain. */
async function restOf(client: Client, ref: Ref): Promise<Rest | null> {
  try {
    const detail = await client.call('run.get', { ref })
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

/** The notifications of the browser, or of the desktop behind it. */
export function desktopOf(window: Pick<typeof globalThis, 'Notification'> | object): Desktop {
  const kind = 'Notification' in window ? window.Notification : null
  return {
    ask: () => {
      if (kind?.permission === 'default') void kind.requestPermission()
    },
    show: (title, body) => {
      if (kind?.permission === 'granted') void new kind(title, { body })
    },
  }
}

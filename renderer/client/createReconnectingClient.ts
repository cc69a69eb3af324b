import type {
  Client,
  ConnectionState,
  EventName,
  EventValue,
} from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { connect } from '../../shared/rpc/connect.ts'

export type ReconnectingOptions = {
  /** Resolves when frames can be sent; rejects when the host cannot be reached. */
  readonly open: () => Promise<Channel>
  /** Runs the action later; returns what cancels it. */
  readonly after: (delayMs: number, action: () => void) => () => void
  /** Why it makes no sense to dial again; null when it does. Asked each time a connection is lost. */
  readonly refusal?: () => AppError | null
}

type Listener = (value: never) => void

/**
 * A client that outlives its connection. Calls made while it is lost fail at once with `io`; calls wait only for the very
 * first connection. When it is back, every listener is told that anything may have changed.
 */
export function createReconnectingClient(dialling: ReconnectingOptions): Client {
  const { open, after, refusal = () => null } = dialling
  const listeners = new Map<EventName, Set<Listener>>()
  const stateListeners = new Set<(state: ConnectionState) => void>()
  let current: Promise<Client> = dial()
  let state: ConnectionState = 'connected'
  let stopWaiting: (() => void) | null = null
  let isClosed = false
  let failures = 0

  return {
    call: async (name, input, options) => (await current).call(name, input, options),
    on: (name, listener) => {
      const told = listeners.get(name) ?? new Set<Listener>()
      listeners.set(name, told)
      told.add(listener)
      return () => told.delete(listener)
    },
    onState: (listener) => {
      stateListeners.add(listener)
      if (state === 'lost') listener(state)
      return () => stateListeners.delete(listener)
    },
    close: () => {
      isClosed = true
      stopWaiting?.()
      current.then(
        (client) => client.close(),
        () => undefined, // there is no connection to close
      )
    },
  }

  function dial(): Promise<Client> {
    const dialled = open().then(accept)
    dialled.catch(retryLater)
    return dialled
  }

  function accept(channel: Channel): Client {
    const client = connect(channel)
    for (const name of eventNames) client.on(name, (value) => tell(name, value))
    client.onState(retryLater)
    if (isClosed) client.close()
    else show('connected')
    failures = 0
    return client
  }

  function retryLater(): void {
    if (isClosed) return
    show('lost')
    const refused = refusal()
    if (refused !== null) {
      refuse(refused)
      return tellAll() // whoever asks again learns the reason
    }
    failures += 1
    stopWaiting?.()
    stopWaiting = after(Math.min(10_000, 250 * 2 ** failures), redial)
  }

  function refuse(reason: AppError): void {
    current = Promise.reject(reason)
    current.catch(() => undefined) // told by each call
  }

  /** While dialling, calls fail at once instead of piling up. */
  function redial(): void {
    refuse(lost())
    dial().then(useAgain, () => undefined) // a failure is tried again by `dial`
  }

  function useAgain(client: Client): void {
    current = Promise.resolve(client)
    tellAll()
  }

  function tellAll(): void {
    for (const name of eventNames) tell(name, missed[name])
  }

  function tell<N extends EventName>(name: N, value: EventValue<N>): void {
    for (const listener of listeners.get(name) ?? []) listener(value as never) // kept under its name by `on`
  }

  function show(next: ConnectionState): void {
    if (next === state) return
    state = next
    for (const listener of stateListeners) listener(next)
  }
}

/** What is announced when events may have been missed. */
const missed = {
  'runs.changed': { runs: null },
  'run.progressed': { run: '', seq: 0 },
  'batch.progressed': { batch: '', done: 0, total: 0 },
  'workspace.changed': {},
} as const satisfies { readonly [N in EventName]: EventValue<N> }
const eventNames = Object.keys(missed) as readonly EventName[] // keys of a closed literal

function lost(): AppError {
  return new AppError('io', 'The connection to the host is lost. It is being dialled again.')
}

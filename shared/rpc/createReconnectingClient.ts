import {
  events,
  type Client,
  type ConnectionState,
  type EventName,
  type EventValue,
} from '../contract/contract.ts'
import { AppError } from '../errors.ts'
import type { Channel } from './channel.ts'
import { connect } from './connect.ts'
import { watchSilence, type SilenceOptions } from './watchSilence.ts'

export type ReconnectingOptions = {
  /** Resolves when frames can be sent; rejects when the host cannot be reached. A token that is given is to be used from here on. */
  readonly open: (token: string | null) => Promise<Channel>
  /** Runs the action later; returns what cancels it. */
  readonly after: (delayMs: number, action: () => void) => () => void
  /** Why it makes no sense to dial again; null when it does. Asked each time a connection is lost. */
  readonly refusal?: () => AppError | null
  /** When a host that says nothing is asked whether it is still there. Left out: never. */
  readonly silence?: SilenceOptions
}

type Listener = (value: never) => void
type StateListener = (state: ConnectionState, reason: string | null) => void

/**
 * A client that outlives its connection. Calls made while it is lost fail at once with `io`, and none is ever sent twice; calls
 * wait only for the very first connection. When it is back, every listener is told that anything may have changed.
 */
export function createReconnectingClient(dialling: ReconnectingOptions): Client & {
  readonly redial: (token: string | null) => void
} {
  const { open, after, refusal = () => null, silence } = dialling
  const listeners = new Map<EventName, Set<Listener>>()
  const stateListeners = new Set<StateListener>()
  let isDialling = true
  let current: Promise<Client> = dial(null)
  let state: ConnectionState = 'connected'
  let reason: string | null = null
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
      if (state !== 'connected') listener(state, reason)
      return () => stateListeners.delete(listener)
    },
    redial: (token) => {
      if (isClosed || state === 'connected' || (isDialling && token === null)) return
      failures = 0
      redial(token)
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

  function dial(token: string | null): Promise<Client> {
    isDialling = true
    const dialled = open(token).then(accept)
    dialled.catch(retryLater)
    return dialled
  }

  function accept(channel: Channel): Client {
    isDialling = false
    const client = connect(channel)
    if (silence) watchSilence(channel, client, { ...silence, after })
    for (const name of eventNames) client.on(name, (value) => tell(name, value))
    client.onState((_, why) => retryLater(why))
    // Whoever hears that it is back may call at once.
    current = Promise.resolve(client)
    if (isClosed) client.close()
    else show('connected', null)
    failures = 0
    return client
  }

  function retryLater(cause: unknown): void {
    if (isClosed) return
    isDialling = false
    stopWaiting?.()
    const refused = refusal()
    if (refused !== null) {
      refuse(refused)
      show('ended', refused.message)
      return tellAll() // whoever asks again learns the reason
    }
    show('lost', cause instanceof AppError ? cause.message : null)
    failures += 1
    stopWaiting = after(Math.min(10_000, 250 * 2 ** failures), () => redial(null))
  }

  function refuse(why: AppError): void {
    current = Promise.reject(why)
    current.catch(() => undefined) // told by each call
  }

  /** While dialling, calls fail at once instead of piling up. */
  function redial(token: string | null): void {
    stopWaiting?.()
    refuse(lost())
    dial(token).then(tellAll, () => undefined) // a failure is tried again by `dial`
  }

  function tellAll(): void {
    for (const name of eventNames) {
      const value = missed[name]
      if (value !== null) tell(name, value)
    }
  }

  function tell<N extends EventName>(name: N, value: EventValue<N>): void {
    for (const listener of listeners.get(name) ?? []) listener(value as never) // kept under its name by `on`
  }

  function show(next: ConnectionState, why: string | null): void {
    if (next === state && why === reason) return
    state = next
    reason = why
    for (const listener of stateListeners) listener(next, why)
  }
}

/** What is announced when events may have been missed; null: nothing can have been. */
const missed = {
  'runs.changed': { runs: null },
  'run.progressed': { run: '', seq: 0 },
  'batch.progressed': { batch: '', done: 0, total: 0 },
  'workspace.changed': {},
  'people.changed': {},
  'connection.changed': null,
} as const satisfies { readonly [N in EventName]: EventValue<N> | null }
const eventNames = Object.keys(events) as readonly EventName[] // keys of a closed literal

function lost(): AppError {
  return new AppError('io', 'The connection to the host is lost. It is being dialled again.')
}

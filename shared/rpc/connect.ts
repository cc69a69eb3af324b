// The calling end of a channel: every call is answered once, by a value or by an `AppError`, also when the channel is lost.
import { z } from 'zod'
import { assertNever } from '../assert.ts'
import type { CancelSignal } from '../cancel.ts'
import type { CallRow } from '../contract/call.ts'
import {
  contract,
  events,
  maxMessageBytes,
  type CallInput,
  type CallName,
  type CallOptions,
  type CallOutput,
  type Client,
  type ConnectionState,
  type EventName,
  type EventValue,
} from '../contract/contract.ts'
import { AppError, toAppError } from '../errors.ts'
import type { Channel } from './channel.ts'
import { check } from './check.ts'
import { decodeFrame, encodeFrame, HostFrame, type ClientFrame } from './frame.ts'

type Pending = {
  readonly name: CallName
  readonly resolve: (output: unknown) => void
  readonly reject: (error: AppError) => void
  readonly progress: (value: unknown) => void
}

type Listener = (value: unknown) => void
type StateListener = (state: ConnectionState, reason: string | null) => void

export function connect(channel: Channel): Client {
  const pending = new Map<number, Pending>()
  const listeners = new Map<string, Set<Listener>>()
  const stateListeners = new Set<StateListener>()
  let lastId = 0
  let loss: AppError | null = null

  const stops: (() => void)[] = []
  stops.push(channel.onFrame(receive))
  stops.push(
    channel.onClose(() => lose(new AppError('io', 'The connection to the host was lost.'))),
  )
  return { call, on, onState, close }

  async function call<N extends CallName>(
    name: N,
    input: CallInput<N>,
    options: CallOptions<N> = {},
  ): Promise<CallOutput<N>> {
    const row = findRow(name)
    check(row.input, input, (problems) => {
      return new AppError('invalid-input', `${name}: ${problems.text}`, { issues: problems.issues })
    })
    if (options.signal?.aborted) throw new AppError('cancelled', `${name} was cancelled.`)
    if (loss) throw loss
    lastId += 1
    const output = await exchange(lastId, { name, input, ...options } as Exchange) // progress and name were kept together by the signature
    return output as CallOutput<N> // checked against the row of that name when it came
  }

  function exchange(id: number, { name, input, signal, onProgress }: Exchange): Promise<unknown> {
    const cancel = (): void => trySend(id, { kind: 'cancel', id })
    const answered = new Promise<unknown>((resolve, reject) => {
      pending.set(id, { name, resolve, reject, progress: (value) => onProgress?.(value) })
      trySend(id, { kind: 'call', id, name, input })
    })
    // The answer decides: what was done before the cancellation arrived is told as done.
    signal?.addEventListener('abort', cancel, { once: true })
    return answered.finally(() => {
      signal?.removeEventListener('abort', cancel)
      pending.delete(id)
    })
  }

  function trySend(id: number, frame: ClientFrame): void {
    try {
      channel.send(encodeCall(frame))
    } catch (error) {
      pending.get(id)?.reject(toAppError(error))
    }
  }

  function receive(text: string): void {
    const decoded = decodeFrame(text, HostFrame)
    if (decoded.kind === 'frame') return accept(decoded.frame)
    const error = new AppError('bug', `The host sent what is no frame. ${decoded.error.message}`)
    const waiting = decoded.id === null ? undefined : pending.get(decoded.id)
    if (waiting) waiting.reject(error)
    else breakOff(error)
  }

  function accept(frame: HostFrame): void {
    switch (frame.kind) {
      case 'value':
        return settle(frame.id, frame.output)
      case 'error':
        return fail(frame.id, new AppError(frame.code, frame.message, frame.details))
      case 'progress':
        return tell(frame.id, frame.value)
      case 'event':
        return announce(frame.name, frame.value)
      default:
        return assertNever(frame)
    }
  }

  function settle(id: number, output: unknown): void {
    const waiting = pending.get(id)
    if (!waiting) return // it was rejected by a broken frame before
    const { name, resolve } = waiting
    attempt(waiting, () => resolve(checkAnswer(name, contract[name].output, output)))
  }

  function fail(id: number | null, error: AppError): void {
    if (id === null) breakOff(error)
    else pending.get(id)?.reject(error)
  }

  function tell(id: number, value: unknown): void {
    const waiting = pending.get(id)
    if (!waiting) return
    const row: CallRow = contract[waiting.name]
    const schema = row.progress ?? z.never()
    attempt(waiting, () => waiting.progress(checkAnswer(waiting.name, schema, value)))
  }

  /** An event of a name that is not known here comes from a newer host, and nobody can have asked for it. */
  function announce(name: string, value: unknown): void {
    const told = listeners.get(name)
    if (!told || !isEventName(name)) return
    const parsed = events[name].safeParse(value)
    if (!parsed.success) return breakOff(new AppError('bug', `The host sent a broken ${name}.`))
    for (const listener of told) listener(parsed.data)
  }

  function on<N extends EventName>(name: N, listener: (value: EventValue<N>) => void): () => void {
    const told = listeners.get(name) ?? new Set<Listener>()
    listeners.set(name, told)
    const entry: Listener = (value) => listener(value as EventValue<N>) // checked in `announce`
    told.add(entry)
    return () => told.delete(entry)
  }

  function onState(listener: StateListener): () => void {
    stateListeners.add(listener)
    if (loss) listener('lost', loss.message)
    return () => stateListeners.delete(listener)
  }

  function close(): void {
    breakOff(new AppError('io', 'The connection was closed.'))
  }

  function breakOff(reason: AppError): void {
    lose(reason)
    channel.close()
  }

  function lose(reason: AppError): void {
    if (loss) return
    loss = reason
    for (const unsubscribe of stops) unsubscribe()
    for (const { name, reject } of pending.values()) reject(lostDuring(name, reason))
    for (const listener of stateListeners) listener('lost', reason.message)
  }
}

/** What was to be changed may have been: nobody can say before it was looked at. */
function lostDuring(name: CallName, reason: AppError): AppError {
  if (contract[name].effect === 'read') return reason
  const message = `The connection was lost while ${name} was under way. It is not known whether it happened: look at the operations before you do it again.`
  return new AppError('in-doubt', message, { call: name }, { cause: reason })
}

type Exchange = {
  readonly name: CallName
  readonly input: unknown
  readonly signal?: CancelSignal
  readonly onProgress?: (value: unknown) => void
}

function findRow(name: string): CallRow {
  if (Object.hasOwn(contract, name)) return contract[name as CallName] // it is a key of the contract
  throw new AppError('invalid-input', `There is no call "${name}".`)
}

function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name)
}

function encodeCall(frame: ClientFrame): string {
  const text = encodeFrame(frame)
  if (text !== null) return text
  const what = frame.kind === 'call' ? frame.name : frame.kind
  throw new AppError('invalid-input', `${what}: the input is larger than ${maxMessageBytes} bytes.`)
}

function checkAnswer(name: CallName, schema: z.ZodType, value: unknown): unknown {
  return check(schema, value, (problems) => {
    return new AppError('bug', `The host's answer to ${name} breaks the contract: ${problems.text}`)
  })
}

function attempt(waiting: Pending, action: () => void): void {
  try {
    action()
  } catch (error) {
    waiting.reject(toAppError(error))
  }
}

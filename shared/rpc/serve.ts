// The serving end of a channel: it answers every call of the contract once, and everything else with an error.
import { z } from 'zod'
import {
  contract,
  events,
  maxMessageBytes,
  type CallName,
  type EventName,
  type EventValue,
  type Handlers,
} from '../contract/contract.ts'
import { assertNever } from '../assert.ts'
import type { CallRow } from '../contract/call.ts'
import { AppError, toAppError } from '../errors.ts'
import { createCancelSource, type CancelSource } from './cancelSource.ts'
import type { Channel } from './channel.ts'
import { check } from './check.ts'
import { errorText, type Conceal } from './errorFrame.ts'
import { createEventQueue, type QueuedEvent } from './eventQueue.ts'
import { ClientFrame, decodeFrame, encodeFrame } from './frame.ts'

export type ServeOptions = {
  readonly channel: Channel
  readonly handlers: Handlers
  /** False: the call is refused with `read-only`. See `allowReads`. */
  readonly allow?: (name: CallName) => boolean
  /** Said where a call is refused. */
  readonly readOnlyReason?: string
  /** Takes away from every text of an error what must not leave this machine. */
  readonly conceal?: Conceal
  /** Told of every call that was asked for. */
  readonly onCall?: (name: CallName) => void
  /** Told of every defect (`bug`), whole and with its cause; the other end gets its error too. */
  readonly report?: (error: AppError, call: string) => void
}

export type Server = {
  /** Cancels what runs and closes the channel. */
  readonly close: () => void
  readonly emit: <N extends EventName>(name: N, value: EventValue<N>) => void
}

/** The read-only filter: calls that the contract marks `read`. */
export function allowReads(name: CallName): boolean {
  return contract[name].effect === 'read'
}

export function serve(options: ServeOptions): Server {
  const { channel, conceal } = options
  const running = new Map<number, CancelSource>()
  const held = createEventQueue()
  let closed = false

  const stops: ((() => void) | undefined)[] = []
  stops.push(channel.onFrame(receive))
  stops.push(channel.pressure?.onDrain(() => held.takeAll().forEach(sendEvent)))
  stops.push(channel.onClose(stop))
  return { close, emit }

  function receive(text: string): void {
    const decoded = decodeFrame(text, ClientFrame)
    if (decoded.kind === 'refused') return refuse(decoded.id, decoded.error)
    const { frame } = decoded
    switch (frame.kind) {
      case 'call':
        return void answer(frame.id, frame.name, frame.input)
      case 'cancel':
        return running.get(frame.id)?.cancel() // an answer may have crossed it: nothing is left to cancel then
      default:
        return assertNever(frame)
    }
  }

  /** A broken frame with the id of a running call must not end that call. */
  function refuse(id: number | null, error: AppError): void {
    const free = id !== null && !running.has(id)
    send(errorText(free ? id : null, error, conceal))
  }

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    if (running.has(id)) {
      return refuse(id, new AppError('invalid-input', `A call with id ${id} runs already.`, { id }))
    }
    if (running.size >= maxRunning || channel.pressure?.isFull?.() === true) {
      return refuse(id, busy(name))
    }
    const source = createCancelSource()
    running.set(id, source)
    const text = await perform(id, name, input, source).catch((error: unknown) =>
      failureText(id, name, error),
    )
    running.delete(id)
    send(text)
  }

  async function perform(
    id: number,
    name: string,
    input: unknown,
    source: CancelSource,
  ): Promise<string> {
    const row = findRow(name, options)
    options.onCall?.(row.name)
    const parsed = check(row.input, input, (problems) => {
      return new AppError('invalid-input', `${name}: ${problems.text}`, { issues: problems.issues })
    })
    const handler: AnyHandler = options.handlers[row.name] as never // the row of that very name gives the input its shape
    const output = await handler(parsed, {
      signal: source.signal,
      progress: (value) => sendProgress(id, row, value),
    })
    const checked = check(row.output, output, (problems) => {
      return new AppError('bug', `${name} answered what the contract forbids: ${problems.text}`)
    })
    const text = encodeFrame({ kind: 'value', id, output: checked })
    if (text !== null) return text
    throw new AppError(
      'invalid-input',
      `The answer to ${name} is larger than ${maxMessageBytes} bytes. Ask for a smaller page or slice.`,
    )
  }

  function failureText(id: number, name: string, error: unknown): string {
    const failure = toAppError(error)
    if (failure.code === 'bug') options.report?.(failure, name)
    return errorText(id, failure, conceal)
  }

  function sendProgress(id: number, row: NamedRow, value: unknown): void {
    if (!running.has(id)) return // the call was answered: nobody listens any more
    const broken = (text: string): AppError =>
      new AppError('bug', `Progress of ${row.name} breaks the contract: ${text}`)
    const schema = row.progress ?? z.never()
    const checked = check(schema, value, (problems) => broken(problems.text))
    const text = encodeFrame({ kind: 'progress', id, value: checked })
    if (text === null) throw broken(`it is larger than ${maxMessageBytes} bytes`)
    send(text)
  }

  function emit<N extends EventName>(name: N, value: EventValue<N>): void {
    const event = { name, value } as QueuedEvent // the signature keeps name and value together
    if (channel.pressure?.isCongested()) held.add(event)
    else sendEvent(event)
  }

  /** A broken event is a defect of the host; it must not fall on whoever caused it, such as a running step. */
  function sendEvent({ name, value }: QueuedEvent): void {
    const parsed = events[name].safeParse(value)
    const text = parsed.success ? encodeFrame({ kind: 'event', name, value: parsed.data }) : null
    if (text !== null) return send(text)
    const problem = parsed.success ? 'it is too large' : z.prettifyError(parsed.error)
    options.report?.(new AppError('bug', `Event ${name} breaks the contract: ${problem}`), name)
  }

  function send(text: string): void {
    if (closed) return
    try {
      channel.send(text)
    } catch (error) {
      if (toAppError(error).code !== 'io') throw error
      stop() // the other end is gone, and nobody waits for the answer any more
    }
  }

  function close(): void {
    stop()
    channel.close()
  }

  function stop(): void {
    closed = true
    for (const unsubscribe of stops) unsubscribe?.()
    for (const source of running.values()) source.cancel()
  }
}

/** Calls of one connection that are answered at a time. A page asks for a dozen. */
export const maxRunning = 200

function busy(name: string): AppError {
  const message = `${name} was not begun: ${maxRunning} calls of this connection are under way, or their answers are not read.`
  return new AppError('busy', `${message} Try again when some of them are answered.`, {
    call: name,
  })
}

type NamedRow = CallRow & { readonly name: CallName }
type AnyHandler = (
  input: unknown,
  options: { signal: CancelSource['signal']; progress: (value: unknown) => void },
) => Promise<unknown>

function findRow(
  name: string,
  { allow, readOnlyReason = '' }: Pick<ServeOptions, 'allow' | 'readOnlyReason'>,
): NamedRow {
  if (!isCallName(name)) {
    throw new AppError(
      'invalid-input',
      `There is no call "${name}". Is the other end a newer version?`,
    )
  }
  if (allow?.(name) === false) {
    const message = `${name} changes something, and this host is read-only. ${readOnlyReason}`
    throw new AppError('read-only', message.trimEnd(), { call: name })
  }
  return { ...contract[name], name }
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(contract, name)
}

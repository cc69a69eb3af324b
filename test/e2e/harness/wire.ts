// The wire between a page in a browser and its host: what a slow or failing host does is done to the frames themselves.
import type { Page } from 'playwright'
import type { CallName } from '../../../shared/contract/contract.ts'
import { ClientFrame, encodeFrame, HostFrame } from '../../../shared/rpc/frame.ts'

/** As a host says it. */
export type WireError = Pick<HostFrame & { readonly kind: 'error' }, 'code' | 'message' | 'details'>

export type Wire = {
  /** Lets no answer to these calls through, until they are let go. */
  hold(...names: readonly CallName[]): void
  /** Answers these calls with this error, in the host's place; those that wait for an answer too. */
  fail(error: WireError, ...names: readonly CallName[]): void
  /** Lets everything through again; what was held arrives now. */
  letGo(): void
}

/** Takes hold of the wire of this page, which is loaded anew for it. */
export async function takeWire(page: Page): Promise<Wire> {
  const failing = new Map<CallName, WireError>()
  const holding = new Set<CallName>()
  let held: Held[] = []
  await page.routeWebSocket(/./, (socket) => {
    const host = socket.connectToServer()
    const names = new Map<number, CallName>()
    const failCall = (id: number, error: WireError): void => {
      names.delete(id)
      socket.send(encodeFrame({ kind: 'error', id, ...error }) ?? '')
    }
    socket.onMessage((text) => {
      const call = readCall(text)
      if (call === null) return host.send(text)
      const error = failing.get(call.name)
      if (error !== undefined) return failCall(call.id, error)
      names.set(call.id, call.name)
      host.send(text)
    })
    host.onMessage((text) => {
      const id = answeredId(text)
      const pass = (): void => {
        const name = names.get(id)
        const error = name === undefined ? undefined : failing.get(name)
        if (error !== undefined) failCall(id, error)
        else if (name !== undefined || id === 0) socket.send(text)
      }
      const name = names.get(id)
      if (name !== undefined && holding.has(name)) held.push({ name, pass })
      else pass()
    })
  })
  await page.reload()

  function passHeld(isDue: (name: CallName) => boolean): void {
    const due = held.filter(({ name }) => isDue(name))
    held = held.filter(({ name }) => !isDue(name))
    for (const { pass } of due) pass()
  }
  return {
    hold: (...names) => names.forEach((name) => holding.add(name)),
    fail: (error, ...names) => {
      for (const name of names) {
        holding.delete(name)
        failing.set(name, error)
      }
      passHeld((name) => names.includes(name))
    },
    letGo: () => {
      failing.clear()
      holding.clear()
      passHeld(() => true)
    },
  }
}

type Held = { readonly name: CallName; readonly pass: () => void }

type Call = { readonly id: number; readonly name: CallName }

/** Null: the frame is no call, such as the token that comes first. */
function readCall(text: string | Buffer): Call | null {
  const frame = ClientFrame.safeParse(JSON.parse(String(text)))
  if (!frame.success || frame.data.kind !== 'call') return null
  return { id: frame.data.id, name: frame.data.name as CallName } // the page's own client sends no other
}

/** 0: the frame answers no call. */
function answeredId(text: string | Buffer): number {
  const frame = HostFrame.safeParse(JSON.parse(String(text)))
  return frame.success && 'id' in frame.data ? (frame.data.id ?? 0) : 0
}

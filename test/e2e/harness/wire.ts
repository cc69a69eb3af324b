// The wire between a page in a browser and its host: what a slow or failing host does is done to the frames themselves.
import type { Page } from 'playwright'
import type { CallName } from '../../../shared/contract/contract.ts'
import { ClientFrame, encodeFrame, HostFrame } from '../../../shared/rpc/frame.ts'

/** As a host says it. */
export type WireError = Pick<HostFrame & { readonly kind: 'error' }, 'code' | 'message' | 'details'>

export type Wire = {
  /** Lets no answer to these calls through, until they are let go. */
  hold(...names: readonly CallName[]): void
  /** Answers these calls with this error, in the host's place. */
  fail(error: WireError, ...names: readonly CallName[]): void
  /** Lets everything through again; what was held arrives now. */
  letGo(): void
}

/** Takes hold of the wire of this page, which is loaded anew for it. */
export async function takeWire(page: Page): Promise<Wire> {
  const failing = new Map<CallName, WireError>()
  const holding = new Set<CallName>()
  const held: (() => void)[] = []
  await page.routeWebSocket(/./, (socket) => {
    const host = socket.connectToServer()
    const names = new Map<number, CallName>()
    socket.onMessage((text) => {
      const call = readCall(text)
      if (call === null) return host.send(text)
      const error = failing.get(call.name)
      names.set(call.id, call.name)
      if (error === undefined) return host.send(text)
      socket.send(encodeFrame({ kind: 'error', id: call.id, ...error }) ?? '')
    })
    host.onMessage((text) => {
      const name = names.get(answeredId(text))
      if (name !== undefined && holding.has(name)) held.push(() => socket.send(text))
      else socket.send(text)
    })
  })
  await page.reload()
  return {
    hold: (...names) => names.forEach((name) => holding.add(name)),
    fail: (error, ...names) => names.forEach((name) => failing.set(name, error)),
    letGo: () => {
      failing.clear()
      holding.clear()
      for (const pass of held.splice(0)) pass()
    },
  }
}

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

import type { Client } from '../contract/contract.ts'
import type { Channel } from './channel.ts'

export type SilenceOptions = {
  /** A host that said nothing for so long is asked. */
  readonly afterMs: number
  /** One that then says nothing for so long is gone. */
  readonly withinMs: number
}

/** Closes a connection whose other end is gone without a word: behind a tunnel that broke, or after this machine slept. */
export function watchSilence(
  channel: Channel,
  client: Pick<Client, 'call' | 'close'>,
  {
    afterMs,
    withinMs,
    after,
  }: SilenceOptions & { readonly after: (delayMs: number, action: () => void) => () => void },
): void {
  let heard = 0
  let stop = after(afterMs, () => look(0))
  channel.onFrame(() => void (heard += 1))
  channel.onClose(() => stop())

  function look(before: number): void {
    if (heard > before) return waitAgain()
    client.call('connection.get', {}).catch(() => undefined) // any answer is one; none is what is looked for
    stop = after(withinMs, () => {
      if (heard > before) waitAgain()
      else client.close()
    })
  }

  function waitAgain(): void {
    const before = heard
    stop = after(afterMs, () => look(before))
  }
}

import { performance as eventLoop } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { openedWith, sealedWith } from '../../../../electron/bundle/passphrase.ts'

const passphrase = 'wet paper lantern'

test('[X104] what was encrypted opens again, and this thread is not held up by the key', async () => {
  const content = Buffer.alloc(300_000, 'state ')
  const began = eventLoop.eventLoopUtilization()

  const seal = { passphrase, workFactor: 16 }
  const sealed = await buffer(await sealedWith(Readable.from([content]), seal))
  const opened = await buffer(await openedWith(Readable.from([sealed]), passphrase))

  expect(opened.equals(content)).toBe(true)
  // A key takes most of this time: here hardly anything was done meanwhile.
  expect(eventLoop.eventLoopUtilization(began).utilization).toBeLessThan(0.5)
})

test('[B64] a wrong passphrase and a part that was changed are told', async () => {
  const seal = { passphrase, workFactor: 4 }
  const sealed = await buffer(await sealedWith(Readable.from([Buffer.alloc(200_000)]), seal))

  await expect(openedWith(Readable.from([sealed]), 'wrong')).rejects.toThrow('does not open with')
  sealed[150_000] = (sealed[150_000] ?? 0) ^ 1
  const opened = await openedWith(Readable.from([sealed]), passphrase)
  await expect(buffer(opened)).rejects.toThrow()
})

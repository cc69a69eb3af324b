import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { openedWith, sealedWith } from '../../../../electron/bundle/passphrase.ts'
import { since } from '../../../processorTime.ts'

const passphrase = 'wet paper lantern'

test('[X104] what was encrypted opens again, and this thread is not held up by the key', async () => {
  const content = Buffer.alloc(300_000, 'state ')
  const [all, own] = [process.cpuUsage(), process.threadCpuUsage()]

  const seal = { passphrase, workFactor: 16 }
  const sealed = await buffer(await sealedWith(Readable.from([content]), seal))
  const opened = await buffer(await openedWith(Readable.from([sealed]), passphrase))

  expect(opened.equals(content)).toBe(true)
  // A key costs most of all that was done: this thread did hardly any of it.
  const { user, system } = process.cpuUsage(all)
  expect(since(own)).toBeLessThan((user + system) / 2)
})

test('[B64] a wrong passphrase and a part that was changed are told', async () => {
  const seal = { passphrase, workFactor: 4 }
  const sealed = await buffer(await sealedWith(Readable.from([Buffer.alloc(200_000)]), seal))

  await expect(openedWith(Readable.from([sealed]), 'wrong')).rejects.toThrow('does not open with')
  sealed[150_000] = (sealed[150_000] ?? 0) ^ 1
  const opened = await openedWith(Readable.from([sealed]), passphrase)
  await expect(buffer(opened)).rejects.toThrow()
})

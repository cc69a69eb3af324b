import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { copyExample, resumeOf, type CopiedExample } from './copiedExample.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A payment that was booked, after which all that belongs to it died, as when the power goes. */
async function killedAfterItsEffect(
  environment: Readonly<Record<string, string>> = {},
): Promise<CopiedExample> {
  const example = await bookedAndUnanswered(environment, 60)
  const steps = await example.steps('latest')
  const group = steps['charge']?.attempts[0]?.process?.pid
  if (group === undefined) throw new Error('The charge has no process.')
  process.kill(-group, 'SIGKILL')
  return example
}

/** Its host died once the bank had booked; the command goes on. */
async function bookedAndUnanswered(
  environment: Readonly<Record<string, string>>,
  answerAfter: number,
): Promise<CopiedExample> {
  const example = await copyExample('payment', { environment })
  closing.push(() => example.remove())
  const given = ['--input', `answerAfter=${answerAfter}`]
  const host = example.start('run', 'workflow.yaml', '--trust', ...given)
  await host.said('charge started')
  while ((await payments(example)).length === 0) await sleep(20)
  await host.kill()
  return example
}

async function payments(example: CopiedExample): Promise<readonly string[]> {
  const names = await example.names('.')
  if (!names.includes('ledger.jsonl')) return []
  return (await example.text('ledger.jsonl')).trim().split('\n')
}

test('[E131] the payment of the examples charges once and writes a receipt', async () => {
  const example = await copyExample('payment')
  closing.push(() => example.remove())

  expect((await example.unstuck('run', 'workflow.yaml', '--trust')).exit).toBe(0)
  expect(await payments(example)).toHaveLength(1)
  expect(await example.text('receipt-order-7.txt')).toBe('order-7: 1250 cents, payment p-1')
}, 120_000)

test('[E133] killed after its effect, a payment is asked about, and nothing runs before the answer', async () => {
  const example = await killedAfterItsEffect({ HONOURS_KEYS: 'no' })

  const refused = await example.unstuck('resume', 'latest', '--yes')
  const again = await example.unstuck('resume', 'latest', '--yes')

  expect([refused.exit, again.exit]).toEqual([2, 2])
  expect(refused.err).toMatch(/Decide on charge: --decide charge=/)
  expect(await payments(example)).toHaveLength(1)
  expect(await example.names('.')).not.toContain('receipt-order-7.txt')
}, 120_000)

test('[E133] answered with what the bank says, it goes on without a second charge', async () => {
  const example = await killedAfterItsEffect({ HONOURS_KEYS: 'no' })

  const happened = ['--decide', 'charge=happened', '--output', 'charge={"payment":"p-1"}']
  const { exit } = await example.unstuck('resume', 'latest', ...happened, '--yes')

  expect(exit).toBe(0)
  expect(await payments(example)).toHaveLength(1)
  expect(await example.text('receipt-order-7.txt')).toContain('payment p-1')
}, 120_000)

test('[E133] answered with a second try, the bank knows it by its key', async () => {
  const example = await killedAfterItsEffect()

  const given = ['--input', 'answerAfter=0', '--input', 'order=order-7', '--input', 'cents=1250']
  const rerun = ['--decide', 'charge=rerun', ...given]
  const { exit } = await example.unstuck('resume', 'latest', ...rerun, '--yes')

  expect(exit).toBe(0)
  expect(await payments(example)).toHaveLength(1)
  expect((await example.steps('latest'))['charge']?.attempts).toHaveLength(2)
}, 120_000)

test('[E133] where only the host died, what the charge came to is taken over, and nobody is asked', async () => {
  const example = await bookedAndUnanswered({ HONOURS_KEYS: 'no' }, 3)

  const { exit } = await resumeOf(example, 'latest')

  expect(exit).toBe(0)
  expect(await payments(example)).toHaveLength(1)
  expect((await example.steps('latest'))['charge']?.attempts).toHaveLength(1)
}, 120_000)

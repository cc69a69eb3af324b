import type { Client } from '../../../shared/contract/contract.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import type { RunLock } from '../../../shared/contract/locks.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand, type Outcome } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { findRef } from '../references.ts'
import { verbOf } from '../values.ts'

export const lockCommand = defineCommand({
  name: 'lock',
  usage: 'show|break RUN',
  summary: 'Show who holds a run, or break a lock whose holder cannot be reached.',
  details: [
    'A lock whose process is proved to be gone needs no breaking: the next command takes it over.',
    'One whose process lives is never broken. One of another machine is broken only by you.',
  ],
  positionals: { min: 2, max: 2 },
  options: {},
  examples: ['unstuck lock show latest', 'unstuck lock break deploy-2026'],
  run: async (context) => {
    const [verb = '', text = ''] = context.positionals
    const action = verbOf(verb, ['show', 'break'], 'lock')
    const client = await context.client()
    const ref = await findRef({ ...context, client }, text)
    const lock = await client.call('lock.get', { ref }, context)
    return action === 'break' ? breakIt(client, ref, lock) : show(ref, lock)
  },
})

function show(ref: Ref, lock: RunLock): Outcome {
  const { holder, state } = lock
  if (holder === null)
    return { output: lock, lines: [`${ref.document}: nobody holds it`], exit: exits.done }
  const lines = [
    `${ref.document}: held by process ${holder.pid} on ${holder.hostName} since ${holder.since} (${holder.purpose})`,
    meaningOf(state, ref),
  ]
  return { output: lock, lines, exit: exits.done }
}

function meaningOf(state: RunLock['state'], { document }: Ref): string {
  switch (state) {
    case 'alive':
      return 'That process lives.'
    case 'gone':
      return 'That process is proved to be gone: whoever needs the run next takes it over.'
    default:
      return `Nothing is proved of that process. If you know that it is gone: unstuck lock break ${document}`
  }
}

async function breakIt(client: Client, ref: Ref, { holder }: RunLock): Promise<Outcome> {
  if (holder === null)
    throw new AppError('not-found', `Nobody holds run ${ref.document}: there is no lock to break.`)
  const { pid, epoch, since } = holder
  const output = await client.call('lock.break', { ref, holder: { pid, epoch, since } })
  const word = output.observed ? 'its lock was broken' : 'requested; somebody holds it again'
  return {
    output,
    lines: [`${ref.document}: ${word}`],
    exit: output.observed ? exits.done : exits.notSeen,
  }
}

import { assertNever } from '../../shared/assert.ts'
import type { ControlCommand } from './controlCommand.ts'
import type { LiveRun, Taken } from './executor.ts'

/** Gives a command to the run that it is for. What comes of a pause or a cancel is not waited for: the journal shows it. */
export async function takeCommand(live: LiveRun, command: ControlCommand): Promise<Taken> {
  const { by, reason } = command
  switch (command.command) {
    case 'pause':
      void Promise.allSettled([live.pause(by, reason)])
      return taken
    case 'cancel':
      void Promise.allSettled([live.cancel(by, reason)])
      return taken
    case 'decide': {
      const { step, decision, values } = command
      await live.decide({ step, decision, values, by, reason })
      return taken
    }
    case 'retry':
      await live.retry(command.step)
      return taken
    case 'annotate':
      await live.annotate(command.change, by)
      return taken
    case 'checkpoint':
      return { ...taken, checkpoint: await live.checkpoint(command.name) }
    default:
      return assertNever(command)
  }
}

const taken = { ok: true } as const

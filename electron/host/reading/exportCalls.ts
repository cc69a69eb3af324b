// Exports and bundles are made and masked on a thread of their own; what the operations log keeps of them is written here.
import type { CallOptions, HandlerOptions, Handlers } from '../../../shared/contract/contract.ts'
import { AppError, toAppError } from '../../../shared/errors.ts'
import { noteBundle } from '../../services/bundles/exportBundle.ts'
import type { ServiceContext } from '../../services/context.ts'
import { noteExport, requireReason } from '../../services/exports/exportRuns.ts'
import type { ReadingWorker } from './startReadingWorker.ts'

const names = [
  'export.plan',
  'export.open',
  'export.read',
  'export.close',
  'bundle.export.plan',
  'bundle.export.apply',
  'bundle.read',
] as const

/** [X106] Runs that are kept in memory only are known to this thread alone: they are exported here. */
export function exportCalls(
  context: ServiceContext,
  here: Handlers,
  exports: ReadingWorker,
): Pick<Handlers, (typeof names)[number]> {
  const noted = new Map<string, Settle>()
  /** Tokens of what was begun here. */
  const own = new Set<string>()
  const isHere = (): boolean => !context.settings.value.persistence.enabled

  async function settle(token: string, end: Parameters<Settle>[0]): Promise<void> {
    const told = noted.get(token)
    noted.delete(token)
    await told?.(end)
  }

  return {
    'export.plan': (input, options) =>
      isHere()
        ? here['export.plan'](input, options)
        : exports.call('export.plan', input, passed(options)),
    'export.open': async (input, options) => {
      if (isHere()) {
        const begun = await here['export.open'](input, options)
        own.add(begun.export)
        return begun
      }
      requireReason(input)
      const { settle: end } = await noteExport(context, input)
      try {
        const begun = await exports.call('export.open', input, { signal: options.signal })
        noted.set(begun.export, end)
        return begun
      } catch (error) {
        await end(toAppError(error))
        throw error
      }
    },
    'export.read': async (input, options) => {
      const token = input.export
      if (own.has(token)) return here['export.read'](input, options)
      try {
        const piece = await exports.call('export.read', input, { signal: options.signal })
        if (piece.end !== null) await settle(token, piece.end)
        return piece
      } catch (error) {
        const failure = toAppError(error)
        // Whoever asks for a wrong piece may ask for the right one.
        if (failure.code !== 'invalid-input') await settle(token, failure)
        throw error
      }
    },
    'export.close': async (input, options) => {
      if (own.delete(input.export)) return here['export.close'](input, options)
      await settle(input.export, new AppError('cancelled', 'It was given up.'))
      return exports.call('export.close', input, { signal: options.signal })
    },
    'bundle.export.plan': (input, options) =>
      isHere()
        ? here['bundle.export.plan'](input, options)
        : exports.call('bundle.export.plan', input, passed(options)),
    'bundle.export.apply': async (input, options) => {
      if (isHere()) {
        const made = await here['bundle.export.apply'](input, options)
        own.add(made.download)
        return made
      }
      return noteBundle(context, input, () =>
        exports.call('bundle.export.apply', input, passed(options)),
      )
    },
    'bundle.read': (input, options) =>
      own.has(input.download)
        ? here['bundle.read'](input, options)
        : exports.call('bundle.read', input, { signal: options.signal }),
  }
}

type Settle = Awaited<ReturnType<typeof noteExport>>['settle']

function passed<N extends 'export.plan' | 'bundle.export.plan' | 'bundle.export.apply'>(
  options: HandlerOptions<N>,
): CallOptions<N> {
  return { signal: options.signal, onProgress: options.progress }
}

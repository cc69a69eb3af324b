import { contract, type CallName, type Handlers } from '../../shared/contract/contract.ts'
import type { OperationEntry } from '../../shared/contract/upkeep.ts'
import { neverCancelled } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from '../services/context.ts'

/** Handlers that, where a change is refused because another one came first, say whose that was. */
export function tellingWho(
  handlers: Handlers,
  context: Pick<ServiceContext, 'store' | 'now'>,
): Handlers {
  const telling = Object.entries(handlers).map(([name, handler]) => [
    name,
    contract[name as CallName].effect === 'read' // the handlers have the names of the contract
      ? handler
      : async (input: unknown, options: unknown) => {
          try {
            return await Reflect.apply(handler, undefined, [input, options])
          } catch (error) {
            throw await withWho(error, documentOf(input), context)
          }
        },
  ])
  return Object.fromEntries(telling) as Handlers // each under its own name, with what it was given
}

async function withWho(
  thrown: unknown,
  document: string | null,
  { store, now }: Pick<ServiceContext, 'store' | 'now'>,
): Promise<unknown> {
  if (!(thrown instanceof AppError) || document === null || !raced.has(thrown.code)) return thrown
  const query = { run: document, offset: 0, limit: 10, signal: neverCancelled }
  const [found] = await Promise.allSettled([store.operations(query)])
  if (found.status === 'rejected') return thrown // that the log cannot be read is told where it is shown
  const last = found.value.operations.find(({ state }) => state !== 'failed')
  const at = last?.observedAt ?? last?.requestedAt ?? null
  if (last === undefined || at === null || isOld(at, now())) return thrown
  return new AppError(thrown.code, `${thrown.message} ${sentenceOf(last, at)}`, {
    ...thrown.details,
    by: last.by,
    at,
    call: last.call,
  })
}

const raced: ReadonlySet<string> = new Set(['stale', 'locked'])

/** What was done days ago is not what just came first. */
function isOld(at: string, now: string): boolean {
  return Date.parse(now) - Date.parse(at) > 24 * 60 * 60_000
}

function sentenceOf({ by, call }: OperationEntry, at: string): string {
  return `The last change was by ${by} at ${at.slice(11, 19)} UTC (${call}).`
}

/** The run or document that a call is about; null: it is about many, or none. */
function documentOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('ref' in input)) return null
  const { ref } = input
  if (typeof ref !== 'object' || ref === null || !('document' in ref)) return null
  return typeof ref.document === 'string' ? ref.document : null
}

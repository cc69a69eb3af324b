import { stepOf } from '../../shared/core/graph/order.ts'
import { defaultParallel } from '../../shared/core/graph/slots.ts'
import { itemParent } from '../../shared/schema/itemStep.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { RecordBody, RecordOf } from '../../shared/schema/journal.ts'
import type { RunError } from '../../shared/schema/run.ts'
import type { StepDefinition, WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { AttemptPool, SettledAttempt } from './attemptPool.ts'
import { runError, type AttemptResult } from './attemptResult.ts'
import { gateCheckpoint } from './checkpointPolicy.ts'
import type { ChildPool } from './childPool.ts'
import { askCondition } from './conditions.ts'
import type { ExecutorContext } from './executorContext.ts'
import { expiryRecord, gateRecord } from './gates.ts'
import { itemsRecord, itemsResult } from './items.ts'
import type { Ledger } from './ledger.ts'
import { keepNowhere } from './keepNowhere.ts'
import { mapOutput } from './kinds/mapOutput.ts'
import { scopeOf } from './scopeOf.ts'
import { settledDirectly } from './settledDirectly.ts'
import { waitRecord } from './waits.ts'

/** Takes every step as far as it can go now: skips, asks conditions, begins waits, gates, items, runs and attempts. */
export type Dealer = {
  /** Does what is due at that moment. True when something was done: more may be possible then. */
  deal(nowMs: number): Promise<boolean>
}

type DealerOptions = {
  readonly definition: WorkflowDefinition
  readonly ledger: Ledger
  readonly pool: AttemptPool
  readonly children: ChildPool
  readonly record: (settled: SettledAttempt) => Promise<void>
  readonly mayGo: () => boolean
}

export function createDealer(context: ExecutorContext, options: DealerOptions): Dealer {
  const { definition, ledger, pool, children, record, mayGo } = options
  const limit = definition.parallel ?? defaultParallel

  return {
    async deal(nowMs) {
      const skipped = await skipBlocked()
      const settled = await settleItems()
      const steps = ledger.schedule().next({
        nowMs,
        slots: Math.max(0, limit - ledger.schedule().taken()),
        most: atOnce,
      })
      if (steps.length > 0) await begin(steps)
      return skipped || settled || steps.length > 0
    },
  }

  async function skipBlocked(): Promise<boolean> {
    const blocked = ledger.schedule().blocked(blockedAtOnce)
    if (blocked.length === 0) return false
    await ledger.append(
      blocked.map(({ step, reason }) => ({ type: 'stepSkipped', step, by: 'dependency', reason })),
      { durable: false },
    )
    return true
  }

  async function settleItems(): Promise<boolean> {
    const settled = ledger.schedule().settled()
    for (const step of settled) {
      const on = ledger.step(step)?.waitingOn
      const total = on?.kind === 'items' ? on.total : 0
      const own = stepOf(definition, step) ?? {}
      await settle(step, itemsResult(ledger, step, { total, own }))
    }
    return settled.length > 0
  }

  /** What each of them begins or ends with, in one append; the attempts after it. */
  async function begin(steps: readonly StepId[]): Promise<void> {
    const records: RecordBody[] = []
    const attempts: StepId[] = []
    const later: (() => Promise<void>)[] = []
    for (const step of steps) {
      const move = moveOf(step)
      if (move.kind === 'record') records.push(...move.records)
      else if (move.kind === 'attempt') attempts.push(step)
      else later.push(move.work)
    }
    // Whoever is asked for a decision has been asked for good.
    if (records.length > 0) await ledger.append(records, { durable: true })
    for (const work of later) await work()
    if (attempts.length > 0) await pool.begin(attempts, mayGo)
  }

  function moveOf(step: StepId): Move {
    const own = stepOf(definition, step)
    const on = ledger.step(step)?.waitingOn ?? null
    if (own === undefined)
      return fail(step, runError('NotStarted', `Step ${step} has no definition.`))
    if (on?.kind === 'time') return { kind: 'work', work: () => endWait(step, own) }
    if (on?.kind === 'gate') return { kind: 'work', work: () => expire(step) }
    const condition = askCondition(ledger, definition, step)
    if (condition.kind === 'failed') return fail(step, condition.error)
    if (condition.kind === 'skip') {
      const { reason } = condition
      return { kind: 'record', records: [{ type: 'stepSkipped', step, by: 'condition', reason }] }
    }
    return beginningOf(step, own)
  }

  function beginningOf(step: StepId, own: StepDefinition): Move {
    const isItem = itemParent(step) !== null
    const at = { scope: scopeOf(ledger, definition, step), now: context.now() }
    if (own.forEach !== undefined && !isItem)
      return waiting(step, itemsRecord(step, own.forEach, at))
    if (own.wait !== undefined) return waiting(step, waitRecord(step, own.wait, at))
    if (own.gate !== undefined) {
      const waits = gateRecord(step, own.gate, at)
      return 'problem' in waits
        ? waiting(step, waits)
        : { kind: 'work', work: () => openGate(step, waits) }
    }
    if (own.workflow === undefined) return { kind: 'attempt' }
    return { kind: 'work', work: () => beginChild(step, own, own.workflow ?? '') }
  }

  function waiting(
    step: StepId,
    waits: RecordOf<'stepWaiting'> | { readonly type?: never; readonly problem: string },
  ): Move {
    if (waits.type !== undefined) return { kind: 'record', records: [waits] }
    return fail(step, runError('Expression', `Step ${step}: ${waits.problem}`))
  }

  function fail(step: StepId, error: RunError): Move {
    return { kind: 'work', work: () => settle(step, { kind: 'failed', error, exitCode: null }) }
  }

  async function settle(step: StepId, result: AttemptResult): Promise<void> {
    await record(settledDirectly(ledger, step, result))
  }

  async function openGate(step: StepId, waits: RecordBody): Promise<void> {
    const before = gateCheckpoint(context.checkpoints(), ledger, { step, isDecided: false })
    await ledger.append([waits, ...before], { durable: true })
  }

  async function expire(step: StepId): Promise<void> {
    const decided = expiryRecord(ledger.facts().id, step, ledger.step(step))
    const after = gateCheckpoint(context.checkpoints(), ledger, { step, isDecided: true })
    await ledger.append([decided, ...after], { durable: true })
  }

  async function endWait(step: StepId, own: StepDefinition): Promise<void> {
    const scope = scopeOf(ledger, definition, step)
    const result = { kind: 'succeeded', output: null, exitCode: null } as const
    await settle(step, await mapOutput(result, { step, definition: own, scope, keep: keepNowhere }))
  }

  async function beginChild(step: StepId, own: StepDefinition, path: string): Promise<void> {
    if (!mayGo()) return
    const refused = await children.begin(step, path, own)
    if (refused !== null) await settle(step, { kind: 'failed', error: refused, exitCode: null })
  }
}

type Move =
  | { readonly kind: 'record'; readonly records: readonly RecordBody[] }
  | { readonly kind: 'attempt' }
  | { readonly kind: 'work'; readonly work: () => Promise<void> }

// Between two rounds other runs of this process, and whoever asks about this one, get their turn.
const atOnce = 16
const blockedAtOnce = 500

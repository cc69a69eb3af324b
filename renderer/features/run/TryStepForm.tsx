import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import { createTryStepStore } from '../../state/tryStepStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { AgeText } from '../../ui/AgeText.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Select } from '../../ui/Select.tsx'
import { TryResult } from './TryResult.tsx'
import styles from './TryStepForm.module.css'

export type TryStepFormProps = {
  readonly step: StepView
  readonly detail: RunDetail
  readonly onClose: () => void
}

/** One step, once, on a copy of the state: what that may do, then what came of it. */
export function TryStepForm({ step, detail, onClose }: TryStepFormProps) {
  const client = useClient()
  const store = usePageStore(`${detail.ref.document} ${step.id}`, () =>
    createTryStepStore(client, { ref: detail.ref, step: step.id, nowMs: () => Date.now() }),
  )
  const { checkpoint, work, choose, run, stop } = useStore(store)
  const isRunning = work.kind === 'running'
  const checkpoints = (detail.run?.checkpoints ?? []).toReversed()
  return (
    <div className={styles.form}>
      <p>
        It runs once on a copy of the state, whatever its condition says. Nothing of it is recorded
        in this run.
      </p>
      <p className={styles.warning} data-tone={isHarmless(step) ? 'good' : 'warn'}>
        <Icon name={isHarmless(step) ? 'check' : 'alert'} size={14} />
        <span>{warnings[step.sideEffects]}</span>
      </p>
      <Select
        label="State"
        value={checkpoint ?? ''}
        disabled={isRunning}
        options={[
          { value: '', label: 'As it is now' },
          ...checkpoints.map(({ id, name }) => ({ value: String(id), label: `At ${name}` })),
        ]}
        onChange={(value) => choose(value === '' ? null : value)}
      />
      {work.kind === 'failed' &&
        (work.error.code === 'cancelled' ? (
          <output>Stopped. What it had done outside by then stays.</output>
        ) : (
          <ErrorPanel error={work.error} />
        ))}
      {work.kind === 'ended' && <TryResult result={work.result} tookMs={work.tookMs} />}
      <div className={styles.actions}>
        {isRunning && (
          <output className={styles.age}>
            Running for <AgeText since={work.since} precision="coarse" />
          </output>
        )}
        <Button
          variant="quiet"
          disabled={isRunning && work.isStopping}
          onClick={isRunning ? stop : onClose}
        >
          {isRunning ? 'Stop it' : 'Close'}
        </Button>
        <Button
          variant={isHarmless(step) ? 'primary' : 'danger'}
          icon="play"
          busy={isRunning}
          onClick={() => void run()}
        >
          {work.kind === 'ended' ? 'Try it again' : 'Try it'}
        </Button>
      </div>
    </div>
  )
}

function isHarmless({ sideEffects }: StepView): boolean {
  return sideEffects === 'none' || sideEffects === 'idempotent'
}

const warnings = {
  none: 'It is declared to change nothing outside.',
  idempotent: 'It is declared to change nothing more outside when it runs again.',
  external: 'It has an effect outside, and that is real: repeating it may do harm.',
  undeclared: 'Its effects are not declared: what it does outside is real, and may do harm.',
} as const satisfies Record<StepView['sideEffects'], string>

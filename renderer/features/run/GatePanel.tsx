import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { Button } from '../../ui/Button.tsx'
import { SinceText } from '../../ui/SinceText.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { useNotify } from '../../state/useNotify.ts'
import { useShortcut } from '../../ui/useShortcut.ts'
import { focusGate, gatePanelId } from './focusGate.ts'
import { GateForm } from './GateForm.tsx'
import { waitingGates } from './waitingGates.ts'
import styles from './GatePanel.module.css'

export type GatePanelProps = {
  readonly store: RunStore
  readonly detail: RunDetail
  /** The selected step: of several gates its own is shown. */
  readonly selected: string | null
  readonly onStep: (step: string) => void
}

/** What waits for a person: what is asked, since when, until when, and the form with which it is decided. */
export function GatePanel({ store, detail, selected, onStep }: GatePanelProps) {
  const notify = useNotify()
  const gates = waitingGates(useStore(store, (state) => state.steps))
  useShortcut('g', () => {
    if (gates.length > 0) focusGate()
    else notify('info', 'No step of this run waits for a decision.')
  })
  const shown = gates.find(({ step }) => step.id === selected) ?? gates[0]
  if (shown === undefined || detail.run === null) return null
  const { step, on } = shown
  const others = gates.filter((gate) => gate !== shown)
  return (
    <section id={gatePanelId} className={styles.panel} aria-label={`Decision about ${step.id}`}>
      <header className={styles.head}>
        <h3 className={styles.title}>{step.title ?? step.id}</h3>
        <p className={styles.facts}>
          <span>
            <Asked who={on.who} />, since <SinceText at={on.since} />
          </span>
          {typeof on.until === 'string' && (
            <span className={styles.expiry}>
              deadline <TimeText at={on.until} />:{' '}
              {on.onExpiry === 'approve' ? 'then it is approved' : 'then it is rejected'}
            </span>
          )}
        </p>
        {others.length > 0 && (
          <p className={styles.others}>
            Also waiting:{' '}
            {others.map((gate) => (
              <Button
                key={gate.step.id}
                size="s"
                variant="quiet"
                onClick={() => onStep(gate.step.id)}
              >
                {gate.step.title ?? gate.step.id}
              </Button>
            ))}
          </p>
        )}
      </header>
      <GateForm key={`${step.id} ${on.since}`} store={store} detail={detail} step={step} on={on} />
    </section>
  )
}

function Asked({ who }: { readonly who: string | null }) {
  if (who === null) return 'Waits for a decision'
  return (
    <>
      Waits for <strong>{who}</strong>
    </>
  )
}
